import type { V1EnvVar } from '@kubernetes/client-node';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { looksLikeCodeServer } from './image.ts';
import { plain } from './plain.ts';

/**
 * Specification, "Operator Defaults & Hardening", environment: entries without a name are dropped, `PORT=8080` is added
 * when missing, and `PASSWORD` when the image resembles code-server and it is unset. The user's own entries always win.
 */
export function envVars(spec: WorkspaceSpec, agentDefaultPassword: string): V1EnvVar[] {
  const own: V1EnvVar[] = plain(spec.env ?? []).filter((entry) => entry.name.trim() !== '');
  const port = own.some((entry) => entry.name === 'PORT') ? [] : [{ name: 'PORT', value: '8080' }];
  const wantsPassword = looksLikeCodeServer(spec.image) && !own.some(isPassword);
  const kept = wantsPassword ? own.filter((entry) => entry.name !== 'PASSWORD') : own;
  return [...kept, ...port, ...(wantsPassword ? [{ name: 'PASSWORD', value: agentDefaultPassword }] : [])];
}

/** A password that is set to nothing is unset: code-server would let everyone in. */
function isPassword(entry: V1EnvVar): boolean {
  return entry.name === 'PASSWORD' && (entry.valueFrom !== undefined || (entry.value ?? '') !== '');
}
