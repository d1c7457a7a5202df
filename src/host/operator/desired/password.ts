import { Buffer } from 'node:buffer';
import type { V1EnvVar, V1Secret } from '@kubernetes/client-node';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import { generatedMark } from '../../sign-in/generated-secret.ts';
import type { SignInKind } from '../../sign-in/sign-in-kind.ts';
import type { OperatorConfig } from '../config.ts';
import { looksLikeCodeServer } from './image.ts';
import { ownedMeta } from './ownership.ts';

/** What the specification has where nobody says otherwise. */
export const wellKnownPassword = 'changeme';

/** A random password, and how the program is told of it. */
export interface SignIn {
  kind: SignInKind;
  password: string;
}

/** The variable's name, and the key in the Secret. */
export const passwordKey = 'PASSWORD';

export function passwordSecretName(workspace: string): string {
  return `workspace-${workspace}-password`;
}

/**
 * Specification, "Operator Defaults & Hardening", environment: `PASSWORD` is the workspace's own, else `AGENT_DEFAULT_PASSWORD`
 * (or `changeme`) when the image resembles code-server. One that is set to nothing is unset: code-server would let everyone
 * in. Undefined when there is none, or the workspace takes it from a Secret of its own.
 */
export function passwordOf(spec: WorkspaceSpec, config: OperatorConfig): string | undefined {
  const own = spec.env?.find((entry) => entry.name === passwordKey);
  if (own?.valueFrom !== undefined) return undefined;
  if (own?.value !== undefined && own.value !== '') return own.value;
  return looksLikeCodeServer(spec.image) ? (config.agentDefaultPassword ?? wellKnownPassword) : undefined;
}

/**
 * The Secret with the workspace's password. Those who may look at Deployments, as the built-in role `view` may, shall not
 * read it there. A new password counts from the next start on.
 */
export function passwordSecret(workspace: Workspace, config: OperatorConfig, signIn?: SignIn): V1Secret | undefined {
  const password = passwordOf(workspace.spec, config);
  const entries =
    signIn?.kind.secret(signIn.password) ?? (password === undefined ? undefined : { [passwordKey]: password });
  if (entries === undefined) return undefined;
  const metadata = ownedMeta(workspace, passwordSecretName(workspace.metadata.name));
  const data = Object.entries(entries).map(([name, value]) => [name, Buffer.from(value, 'utf8').toString('base64')]);
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: signIn === undefined ? metadata : { ...metadata, annotations: generatedMark },
    type: 'Opaque',
    data: Object.fromEntries(data) as Record<string, string>,
  };
}

/** How the container gets an entry of it. */
export function passwordVariable(workspace: string, name = passwordKey): V1EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: passwordSecretName(workspace), key: name } } };
}
