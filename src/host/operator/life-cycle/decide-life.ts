import type { V1Pod } from '@kubernetes/client-node';
import { parseDuration } from '#contract/duration.ts';
import { wishOf } from '#contract/run-mode.ts';
import type { Workspace } from '#contract/workspace.ts';
import { readyPod } from './ready-pod.ts';

/** What the passing of time asks of a Workspace. */
export type LifeStep =
  /** Only a change is a reason to look again. */
  | { do: 'nothing' }
  /** Look again after so many ms. */
  | { do: 'wait'; ms: number }
  /** Its `ttl` is over. */
  | { do: 'delete' }
  /** Nobody has used it for `idle.stopAfter`; since when is for the message. */
  | { do: 'stop'; since: Date };

export interface Idle {
  since: Date;
  /** `idle.stopAfter`, in ms. */
  afterMs: number;
}

/**
 * Activity is written down at most once a minute, so what is written may be that old while somebody types. A shorter
 * `idle.stopAfter` would stop people at work; two minutes is the shortest that does not.
 */
export const shortestIdleMs = 120_000;

/** `now` has to be the API server's own time where the answer is acted upon, since all times in here are of its making. */
export function decideLife(
  workspace: Workspace,
  pods: readonly V1Pod[],
  now: Date,
  shortestMs = shortestIdleMs,
): LifeStep {
  if (workspace.metadata.deletionTimestamp !== undefined) return { do: 'nothing' };
  const ends = endOf(workspace);
  if (ends !== undefined && ends <= now.getTime()) return { do: 'delete' };
  const idle = idleFrom(workspace, pods);
  const stops = idle === undefined ? undefined : stopsAt(idle, shortestMs);
  if (idle !== undefined && stops !== undefined && stops <= now.getTime()) return { do: 'stop', since: idle.since };
  const next = Math.min(ends ?? Infinity, stops ?? Infinity);
  return next === Infinity ? { do: 'nothing' } : { do: 'wait', ms: next - now.getTime() };
}

/** When it is stopped unless it is used before, in ms since the epoch. */
export function stopsAt({ since, afterMs }: Idle, shortestMs = shortestIdleMs): number {
  return since.getTime() + Math.max(afterMs, shortestMs);
}

/** When its `ttl` is over, in ms since the epoch. */
function endOf({ metadata, spec }: Workspace): number | undefined {
  const ttl = spec.ttl === undefined ? undefined : parseDuration(spec.ttl);
  if (ttl === undefined || metadata.creationTimestamp === undefined) return undefined;
  return new Date(metadata.creationTimestamp).getTime() + ttl;
}

/**
 * Since when nobody used it: the last activity, or the start of this run if that came later, as after a night's stop. Only
 * a workspace that serves can be idle: one that starts or fails is not stopped from under the person who waits for it.
 */
export function idleFrom({ spec, status }: Workspace, pods: readonly V1Pod[]): Idle | undefined {
  const afterMs = spec.idle?.stopAfter === undefined ? undefined : parseDuration(spec.idle.stopAfter);
  if (afterMs === undefined || wishOf(spec) !== 'Running') return undefined;
  const started = readyPod(pods)?.metadata?.creationTimestamp;
  if (started === undefined) return undefined;
  const active = status?.lastActivity === undefined ? 0 : Date.parse(status.lastActivity);
  return { since: new Date(Math.max(active, started.getTime())), afterMs };
}
