import type { V1Secret } from '@kubernetes/client-node';
import { chooseSignIn, signInKindOf } from '../sign-in/choose-sign-in.ts';
import { generatedEntries, newPassword } from '../sign-in/generated-secret.ts';
import type { World } from '../kube/world.ts';
import type { OperatorConfig } from './config.ts';
import { ownerOf } from './desired/ownership.ts';
import { passwordSecretName } from './desired/password.ts';
import type { SignIn } from './desired/password.ts';
import { readOwned } from './ensure.ts';
import type { EnsureContext } from './ensured.ts';

export interface KeptSignIn {
  /** How the host signs people in; undefined when it does not. */
  chosen: SignIn | undefined;
  /** The workspace's Secret as it is now, if there is one. */
  secret: V1Secret | undefined;
}

/**
 * The random secret of a workspace that shall have one: what its Secret holds, or else a new one. A Secret that the live view does
 * not know is read first, because a new password under a running program would lock its people out. Rejects as `readLive` does.
 */
export async function keepSignIn(
  secrets: World['secrets'],
  config: OperatorConfig,
  { kube, workspace, signal }: EnsureContext,
): Promise<KeptSignIn> {
  const { name, namespace } = workspace.metadata;
  const cached = secrets.get(passwordSecretName(name));
  if (signInKindOf(workspace.spec.image) === undefined) return { chosen: undefined, secret: cached };
  const at = { apiVersion: 'v1', kind: 'Secret', metadata: { name: passwordSecretName(name), namespace } };
  const secret = cached ?? (await readOwned<V1Secret>(kube, at, signal));
  const ours = secret !== undefined && ownerOf(secret, workspace) === 'ours' ? secret : undefined;
  const entries = generatedEntries(ours);
  const kind = chooseSignIn(workspace.spec, config, entries !== undefined);
  if (kind === undefined) return { chosen: undefined, secret };
  const password = entries?.[kind.variables[0] ?? ''] ?? '';
  return { chosen: { kind, password: password === '' ? newPassword() : password }, secret };
}
