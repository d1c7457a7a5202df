import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { workspaceApiVersion, workspaceKind, workspaceStatusSchema } from '#contract/workspace.ts';
import type { Workspace, WorkspaceStatus } from '#contract/workspace.ts';
import { apply } from '../kube/apply.ts';
import type { OperatorKube } from '../kube/clients.ts';
import { fromKubeError, hasStatus } from '../kube/errors.ts';
import { ownConditions } from './conditions.ts';

const answerSchema = z.looseObject({ status: workspaceStatusSchema.optional() });

const ownFields = [
  'phase',
  'readyReplicas',
  'serviceDNS',
  'serviceIP',
  'externalURL',
  'proxyTarget',
  'podName',
  'nodeName',
  'lastError',
  'observedGeneration',
] as const;

/** Whether the part of the status that is ours has to be written. */
export function statusDiffers(wanted: WorkspaceStatus, live: WorkspaceStatus | undefined): boolean {
  return !isDeepStrictEqual(ownPart(wanted), ownPart(live ?? {}));
}

/** Whether what differs is worth a write at once: all but what only tells how far a launch has come. */
function differsMuch(wanted: WorkspaceStatus, live: WorkspaceStatus | undefined): boolean {
  const important = ({
    podName: _pod,
    nodeName: _node,
    // A port that is open is on the way to an answer, which comes with the phase.
    readyReplicas: _ready,
    conditions: _conditions,
    ...rest
  }: WorkspaceStatus): WorkspaceStatus => rest;
  return live === undefined || statusDiffers(important(wanted), important(live));
}

function ownPart(status: WorkspaceStatus): unknown {
  const fields = Object.fromEntries(ownFields.map((field) => [field, status[field]]));
  const own: readonly string[] = ownConditions;
  const conditions = (status.conditions ?? [])
    .filter((one) => own.includes(one.type))
    .toSorted((a, b) => a.type.localeCompare(b.type));
  return { ...fields, conditions };
}

/** What a write shall say: the times of its conditions are made anew where the cluster did not keep them. */
function saying(status: WorkspaceStatus): unknown {
  const conditions = (status.conditions ?? []).map((one) => ({ ...one, lastTransitionTime: '' }));
  return ownPart({ ...status, conditions });
}

/** The fields that are not ours to write. */
function others(status: WorkspaceStatus | undefined): WorkspaceStatus {
  const own: readonly string[] = [...ownFields, 'conditions'];
  return Object.fromEntries(Object.entries(status ?? {}).filter(([field]) => !own.includes(field)));
}

/** Writes the statuses of Workspaces, each only when it differs, and remembers what it wrote until the copy has it. */
export interface StatusWriter {
  /** The Workspace with the status that was last written, where the copy that was handed in is older than that. */
  latest<T extends Workspace>(workspace: T): T;
  /**
   * Resolves with `written`, or with the ms after which to ask again because the change can wait for more to come. A
   * Workspace that is gone meanwhile needs no status. Rejects with a GuildNetError.
   */
  write(
    workspace: Workspace,
    status: WorkspaceStatus,
    signal: AbortSignal,
  ): Promise<{ written: boolean; waitMs?: number }>;
  forget(name: string): void;
}

/** A launch moves three conditions within a second: they are written together, or with the phase when that comes first. */
const gatherMs = 1_000;

export function createStatusWriter(kube: OperatorKube, now: () => Date): StatusWriter {
  /** By name: the version that the write was based on, and what was written. */
  const written = new Map<string, { basedOn: string; status: WorkspaceStatus }>();
  /** By name: what was asked for last, and what the cluster kept of it. A CRD older than we are drops what it does not know. */
  const echoes = new Map<string, { wanted: unknown; kept: unknown }>();
  const isAllThatIsKept = (name: string, wanted: WorkspaceStatus, live: WorkspaceStatus | undefined): boolean => {
    const echo = echoes.get(name);
    return isDeepStrictEqual(echo?.wanted, saying(wanted)) && isDeepStrictEqual(echo?.kept, ownPart(live ?? {}));
  };
  /** By name: until when small changes wait. */
  const waiting = new Map<string, number>();
  return {
    latest: (workspace) => {
      const { name, resourceVersion } = workspace.metadata;
      const own = written.get(name);
      if (own === undefined) return workspace;
      if (own.basedOn === resourceVersion)
        return { ...workspace, status: { ...others(workspace.status), ...own.status } };
      written.delete(name);
      return workspace;
    },
    write: async (workspace, status, signal) => {
      const { name, resourceVersion } = workspace.metadata;
      if (!statusDiffers(status, workspace.status) || isAllThatIsKept(name, status, workspace.status)) {
        waiting.delete(name);
        return { written: false };
      }
      const time = now().getTime();
      if (!differsMuch(status, workspace.status)) {
        const until = waiting.get(name) ?? time + gatherMs;
        waiting.set(name, until);
        if (until > time) return { written: false, waitMs: until - time };
      }
      waiting.delete(name);
      const kept = await writeStatus(kube, workspace, status, signal);
      if (kept === undefined) return { written: false };
      if (statusDiffers(status, kept)) echoes.set(name, { wanted: saying(status), kept: ownPart(kept) });
      else echoes.delete(name);
      written.set(name, { basedOn: resourceVersion, status });
      return { written: true };
    },
    forget: (name) => {
      written.delete(name);
      echoes.delete(name);
      waiting.delete(name);
    },
  };
}

/** The status as the cluster has kept it, or undefined when the Workspace is gone. */
async function writeStatus(
  kube: OperatorKube,
  workspace: Workspace,
  status: WorkspaceStatus,
  signal: AbortSignal,
): Promise<WorkspaceStatus | undefined> {
  const { name, namespace, uid } = workspace.metadata;
  const object = { apiVersion: workspaceApiVersion, kind: workspaceKind, metadata: { name, namespace, uid }, status };
  try {
    const kept = await apply(kube, object, { force: true, subresource: 'status', signal });
    return answerSchema.safeParse(kept).data?.status ?? {};
  } catch (error) {
    signal.throwIfAborted();
    // Deleted since. A conflict is no proof that it was made anew: it is looked at again, as it is then.
    if (hasStatus(error, 404)) return undefined;
    throw fromKubeError(error, `writing the status of workspace "${name}"`);
  }
}
