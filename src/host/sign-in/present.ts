import type { V1Secret } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import { ownerOf } from '../operator/desired/ownership.ts';
import { containerPorts, proxyPort } from '../operator/desired/ports.ts';
import { signInKindOf } from './choose-sign-in.ts';
import { generatedEntries } from './generated-secret.ts';
import type { Credential } from './sign-in-kind.ts';

/**
 * What a request to this port of a workspace's own pod presents, or undefined. Only the port that the workspace is opened by gets
 * it: what else listens in the pod may be anything. `secret` is what stands under the name of the workspace's Secret; a stranger's
 * is not believed. Pure.
 */
export function credentialFor(
  workspace: Workspace,
  port: number,
  secret: V1Secret | undefined,
): Credential | undefined {
  const kind = signInKindOf(workspace.spec.image);
  if (kind === undefined || secret === undefined || ownerOf(secret, workspace) !== 'ours') return undefined;
  if (proxyPort(containerPorts(workspace.spec))?.containerPort !== port) return undefined;
  const entries = generatedEntries(secret);
  return entries === undefined ? undefined : kind.credential(entries);
}

/** Whether a request may have something to present: only then is its workspace's Secret worth asking for. */
export function maySignIn({ spec }: Workspace): boolean {
  return signInKindOf(spec.image) !== undefined;
}
