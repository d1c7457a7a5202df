import type { V1EnvVar } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { passwordKey, passwordOf, passwordVariable } from './password.ts';
import { plain } from './plain.ts';

/**
 * Specification, "Operator Defaults & Hardening", environment: entries without a name are dropped and `PORT=8080` is added when
 * missing; the user's own entries always win. A password is taken from the Secret of `password.ts`, whoever gave it.
 */
export function envVars({ metadata, spec }: Workspace, config: OperatorConfig): V1EnvVar[] {
  const own: V1EnvVar[] = plain(spec.env ?? []).filter((entry) => entry.name.trim() !== '');
  const port = own.some((entry) => entry.name === 'PORT') ? [] : [{ name: 'PORT', value: '8080' }];
  if (passwordOf(spec, config) === undefined) return [...own, ...port];
  return [...own.filter((entry) => entry.name !== passwordKey), ...port, passwordVariable(metadata.name)];
}
