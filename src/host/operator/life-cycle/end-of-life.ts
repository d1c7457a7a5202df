import type { V1Pod } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import { asked } from '#contract/run-mode.ts';
import { fieldManager } from '../../kube/apply.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { fromKubeError, hasStatus } from '../../kube/errors.ts';
import { workspacePaths } from '../../kube/workspace-paths.ts';
import type { ObservedWorkspace } from '../../kube/workspace-object.ts';
import type { Log } from '../../observability/log.ts';
import { liveHome } from '../home/live-home.ts';
import { decideLife } from './decide-life.ts';

export interface LifeContext {
  kube: OperatorKube;
  log: Log;
  online: () => boolean;
  now: () => Date;
  signal: AbortSignal;
  /** Overrides the shortest `idle.stopAfter`, for tests. */
  shortestIdleMs?: number | undefined;
}

/** Timers are not trusted over longer times than this, nor is the clock of this machine. */
const longestWaitMs = 3_600_000;
const againMs = 30_000;

/**
 * Deletes the Workspace when its `ttl` is over and stops it when it has been idle for long enough. The copy and this machine's
 * clock only say when it is worth looking; it is decided anew on the Workspace as it is now, by the server's clock, and the
 * write is bound to what was read: activity that comes in meanwhile wins. Resolves with the ms after which to look again.
 */
export async function endOfLife(
  context: LifeContext,
  workspace: ObservedWorkspace,
  pods: readonly V1Pod[],
): Promise<number | undefined> {
  const { kube, now, signal, shortestIdleMs } = context;
  const first = decideLife(workspace, pods, now(), shortestIdleMs);
  if (first.do === 'nothing') return undefined;
  if (first.do === 'wait') return Math.min(first.ms, longestWaitMs);
  if (!context.online()) return againMs;
  const { name } = workspace.metadata;
  try {
    const read = await liveHome(kube, name, signal).readWorkspace();
    if (read.workspace === undefined || read.workspace.metadata.uid !== workspace.metadata.uid) return undefined;
    if (read.now === undefined) return longestWaitMs;
    const step = decideLife(read.workspace, pods, read.now, shortestIdleMs);
    if (step.do === 'wait') return Math.min(step.ms, longestWaitMs);
    if (step.do === 'delete') await remove(context, read.workspace);
    if (step.do === 'stop') await stop(context, read.workspace, step.since);
    return undefined;
  } catch (error) {
    signal.throwIfAborted();
    if (hasStatus(error, 404)) return undefined;
    // Mostly it has changed since it was read, which is an event of its own; a conflict alone does not prove it.
    if (hasStatus(error, 409)) return againMs;
    throw fromKubeError(error, `ending the time of workspace "${name}"`);
  }
}

async function remove({ kube, log, signal }: LifeContext, { metadata, spec }: ObservedWorkspace): Promise<void> {
  const { uid, resourceVersion } = metadata;
  const body = { propagationPolicy: 'Background', preconditions: { uid, resourceVersion } };
  await kube.rest.json('DELETE', pathOf(metadata), { body, signal });
  log.info({ ttl: spec.ttl }, 'a workspace was deleted: its time to live was over');
}

async function stop(
  { kube, log, signal }: LifeContext,
  { metadata, spec }: ObservedWorkspace,
  since: Date,
): Promise<void> {
  const stopAfter = spec.idle?.stopAfter ?? '';
  const reason = `Idle: nobody has used it since ${since.toISOString()} (idle.stopAfter ${stopAfter}).`;
  await kube.rest.json('PATCH', pathOf(metadata), {
    query: { fieldManager },
    body: {
      metadata: { resourceVersion: metadata.resourceVersion, annotations: { [annotations.stopReason]: reason } },
      spec: asked(spec, 'Stopped'),
    },
    contentType: 'application/merge-patch+json',
    signal,
  });
  log.info({ stopAfter, since }, 'a workspace was stopped: nobody used it');
}

function pathOf({ namespace, name }: ObservedWorkspace['metadata']): string {
  return workspacePaths(namespace).of(name);
}
