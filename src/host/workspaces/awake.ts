import type { V1Pod } from '@kubernetes/client-node';
import type { Awake } from '#contract/server.ts';
import type { Workspace } from '#contract/workspace.ts';
import { idleFrom, stopsAt } from '../operator/life-cycle/decide-life.ts';
import type { Reason } from './use/evidence.ts';

/** What is written down may be a minute behind what was seen, and clocks differ a little. What is later than this was not seen here. */
const behindMs = 150_000;

/**
 * Why a workspace with `idle.stopAfter` is awake, since when and until when, or undefined where idleness does not count: none is
 * asked for, or it does not serve. The status decides, for that is what it is stopped by; what this host has seen explains it.
 * @param use - in the API server's time
 */
export function awakeOf(workspace: Workspace, pod: V1Pod | undefined, use: Reason | undefined): Awake | undefined {
  const idle = idleFrom(workspace, pod === undefined ? [] : [pod]);
  if (idle === undefined) return undefined;
  const written = Date.parse(workspace.status?.lastActivity ?? '');
  const since = idle.since.getTime();
  const until = new Date(stopsAt(idle)).toISOString();
  // The start of this run came after all use.
  if (Number.isNaN(written) || written < since) return { by: 'started', since: idle.since.toISOString(), until };
  if (use === undefined || written > use.at + behindMs)
    return { by: 'elsewhere', since: idle.since.toISOString(), until };
  // What began in an earlier run goes on in this one since that was started.
  const started = new Date(pod?.metadata?.creationTimestamp ?? 0).getTime();
  const from = Math.max(started, Math.min(use.since, since));
  return { by: use.by, since: new Date(from).toISOString(), until };
}
