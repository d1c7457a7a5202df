import { systemClock } from '../kube/clock.ts';
import type { Clock } from '../kube/clock.ts';
import type { OperatorKube } from '../kube/clients.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { World } from '../kube/world.ts';
import type { Log } from '../observability/log.ts';
import { liveHome } from '../operator/home/live-home.ts';
import { workspacePaths } from '../kube/workspace-paths.ts';

export interface Activity {
  /** Somebody uses this workspace right now. */
  record(id: string): void;
  /** Times of this machine's clock as the API server's, as far as its clock is known. */
  inServerTime<T extends { since: number; at: number }>(reason: T): T;
  stop(): void;
}

export interface ActivityOptions {
  kube: OperatorKube;
  world: Pick<World, 'workspaces'>;
  log: Log;
  clock?: Clock;
}

/** At most one write in this time for a workspace in use, and none for one that is not. */
const everyMs = 60_000;

interface Use {
  /** The latest use, by this machine's clock; undefined once it is written down. */
  at: number | undefined;
  cancel: () => void;
}

/**
 * Keeps `status.lastActivity` of the workspaces in use: the first use is written at once, and what follows within a minute at
 * the minute's end, so that nothing is forgotten. Times are the API server's: this machine's clock only says how long ago.
 */
export function createActivity({ kube, world, log, clock = systemClock }: ActivityOptions): Activity {
  const uses = new Map<string, Use>();
  const ending = new AbortController();
  /** How far the API server's clock was ahead when it last answered, in ms. */
  let aheadMs = 0;
  const paths = workspacePaths(kube.namespace);

  async function write(id: string, at: number): Promise<void> {
    const { workspace, now } = await liveHome(kube, id, ending.signal).readWorkspace();
    if (workspace === undefined) return;
    if (now !== undefined) aheadMs = now.getTime() - clock.now();
    const time = new Date(at + aheadMs);
    const written = workspace.status?.lastActivity;
    // Another host may have seen a later one.
    if (written !== undefined && Date.parse(written) >= time.getTime()) return;
    await kube.rest.json('PATCH', `${paths.of(id)}/status`, {
      body: {
        metadata: { uid: workspace.metadata.uid },
        status: { lastActivity: `${time.toISOString().slice(0, 19)}Z` },
      },
      contentType: 'application/merge-patch+json',
      signal: ending.signal,
    });
  }

  /** Writes what there is, then leaves a minute's peace; what was used in the meantime is written after it. */
  function turn(id: string, use: Use): void {
    const { at } = use;
    if (at === undefined) {
      uses.delete(id);
      return;
    }
    use.at = undefined;
    use.cancel = clock.after(everyMs, () => turn(id, use));
    write(id, at).catch((error: unknown) => {
      if (ending.signal.aborted) return;
      // The next turn tries again, with a later time if there is one.
      use.at ??= at;
      log.debug({ id, reason: fromKubeError(error, 'writing down activity').message }, 'Activity is written later');
    });
  }

  return {
    record(id) {
      if (ending.signal.aborted) return;
      const use = uses.get(id);
      if (use !== undefined) {
        use.at = clock.now();
        return;
      }
      if (world.workspaces.get(id) === undefined) return;
      const first: Use = { at: clock.now(), cancel: () => undefined };
      uses.set(id, first);
      turn(id, first);
    },
    inServerTime: (reason) => ({ ...reason, since: reason.since + aheadMs, at: reason.at + aheadMs }),
    stop() {
      ending.abort();
      for (const { cancel } of uses.values()) cancel();
      uses.clear();
    },
  };
}
