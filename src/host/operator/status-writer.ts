import { isDeepStrictEqual } from 'node:util';
import { workspaceApiVersion, workspaceKind } from '#contract/workspace.ts';
import type { Workspace, WorkspaceStatus } from '#contract/workspace.ts';
import { apply } from '../kube/apply.ts';
import type { Kube } from '../kube/clients.ts';
import { fromKubeError, hasStatus } from '../kube/errors.ts';
import { ownConditions } from './conditions.ts';

const ownFields = [
  'phase',
  'readyReplicas',
  'serviceDNS',
  'serviceIP',
  'proxyTarget',
  'podName',
  'lastError',
  'observedGeneration',
] as const;

/** Whether the part of the status that is ours has to be written. */
export function statusDiffers(wanted: WorkspaceStatus, live: WorkspaceStatus | undefined): boolean {
  return !isDeepStrictEqual(ownPart(wanted), ownPart(live ?? {}));
}

function ownPart(status: WorkspaceStatus): unknown {
  const fields = Object.fromEntries(ownFields.map((field) => [field, status[field]]));
  const own: readonly string[] = ownConditions;
  const conditions = (status.conditions ?? [])
    .filter((one) => own.includes(one.type))
    .toSorted((a, b) => a.type.localeCompare(b.type));
  return { ...fields, conditions };
}

/** Applies the status, when it differs, to the Workspace's status subresource; one that is gone meanwhile needs none. */
export async function writeStatus(
  kube: Kube,
  workspace: Workspace,
  status: WorkspaceStatus,
  signal: AbortSignal,
): Promise<void> {
  if (!statusDiffers(status, workspace.status)) return;
  const { name, namespace, uid } = workspace.metadata;
  const object = { apiVersion: workspaceApiVersion, kind: workspaceKind, metadata: { name, namespace, uid }, status };
  try {
    await apply(kube, object, { force: true, subresource: 'status', signal });
  } catch (error) {
    signal.throwIfAborted();
    // 404: deleted since. 409: deleted and made anew since, which is an event of its own.
    if (hasStatus(error, 404) || hasStatus(error, 409)) return;
    throw fromKubeError(error, `writing the status of workspace "${name}"`);
  }
}
