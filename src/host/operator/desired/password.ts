import { Buffer } from 'node:buffer';
import type { V1EnvVar, V1Secret } from '@kubernetes/client-node';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { looksLikeCodeServer } from './image.ts';
import { ownedMeta } from './ownership.ts';

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
  return looksLikeCodeServer(spec.image) ? config.agentDefaultPassword : undefined;
}

/**
 * The Secret with the workspace's password. Those who may look at Deployments, as the built-in role `view` may, shall not
 * read it there. A new password counts from the next start on.
 */
export function passwordSecret(workspace: Workspace, config: OperatorConfig): V1Secret | undefined {
  const password = passwordOf(workspace.spec, config);
  if (password === undefined) return undefined;
  return {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: ownedMeta(workspace, passwordSecretName(workspace.metadata.name)),
    type: 'Opaque',
    data: { [passwordKey]: Buffer.from(password, 'utf8').toString('base64') },
  };
}

/** How the container gets it. */
export function passwordVariable(workspace: string): V1EnvVar {
  return { name: passwordKey, valueFrom: { secretKeyRef: { name: passwordSecretName(workspace), key: passwordKey } } };
}
