import { parseDuration } from '#contract/duration.ts';
import { GuildNetError } from '#contract/errors.ts';
import { mostLogLines, usualLogLines } from '#contract/logs.ts';
import type { FollowLogsQuery, RecentLogsQuery, WorkspaceLogs } from '#contract/logs.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { Kube } from '../kube/kube.ts';
import type { World } from '../kube/world.ts';
import { containerName } from '../operator/desired/container-name.ts';
import { noSuchWorkspace } from '../workspaces/no-such-workspace.ts';
import { containersOf, instanceOf, newestPod } from './container-log.ts';
import type { Entry } from './entry.ts';
import { followContainer } from './follow-container.ts';
import { followLog } from './follow-log.ts';
import { createHubs } from './hubs.ts';
import { usualLimits } from './hub.ts';
import type { HubLimits } from './hub.ts';
import { isAtLeast } from './level-of.ts';
import { createLogSource } from './log-source.ts';
import { parsePosition, secondOf } from './position.ts';
import { readTail } from './read-tail.ts';

/** What workspaces print. */
export interface Logs {
  /** The last lines. Throws `not_found` for the workspace, the container or the previous one, and `no_pods` while nothing runs. */
  recent(query: RecentLogsQuery, signal?: AbortSignal): Promise<WorkspaceLogs>;
  /**
   * The last lines, or what comes behind `lastId`, and then every new one, until `signal` aborts, the workspace is deleted, or the
   * connection to the cluster is another one. Throws `missing_target`, `not_found`, `bad_request`, `overloaded`.
   */
  follow(
    query: FollowLogsQuery,
    lastId: string | undefined,
    signal: AbortSignal,
  ): Promise<AsyncGenerator<Entry[], void, void>>;
  /** How many logs are read from the cluster now. */
  readonly readings: number;
  stop(): void;
}

export interface LogsOptions {
  kube: Pick<Kube, 'rest' | 'namespace'>;
  world: World;
  limits?: HubLimits;
}

/** When something younger than `since` began, as `canonicalTime` writes it. Throws `bad_request` for no duration. */
function beginning(since: string | undefined): string | undefined {
  if (since === undefined || since === '') return undefined;
  const age = parseDuration(since);
  if (age !== undefined && age <= Date.now()) return new Date(Date.now() - age).toISOString().replace('Z', '000000Z');
  throw new GuildNetError('bad_request', `"${since.slice(0, 40)}" is not a length of time.`, {
    remedy: 'Write it such as 90s, 10m or 2h.',
  });
}

function noPods(id: string): GuildNetError {
  return new GuildNetError('no_pods', `The workspace ${id} has no pod, and so no log.`, {
    remedy: 'Start it, or wait until it has one; a log that is followed begins by itself then.',
    details: { id },
  });
}

export function createLogs({ kube, world, limits = usualLimits }: LogsOptions): Logs {
  const hubs = createHubs(limits);

  function known(id: string): void {
    if (world.workspaces.get(id) !== undefined) return;
    throw noSuchWorkspace(id, world);
  }

  function containerOf(id: string, asked: string | undefined): string {
    const pod = newestPod(world.podsOf(id));
    const container = asked === undefined || asked === '' ? containerName : asked;
    const names = containersOf(pod);
    if (pod === undefined || names.includes(container)) return container;
    throw new GuildNetError('not_found', `The workspace ${id} has no container "${container.slice(0, 80)}".`, {
      remedy: `Ask for one of these: ${names.join(', ')}.`,
      details: { id, containers: names },
    });
  }

  return {
    async recent({ id, level, container: asked, previous = false, since, limit = usualLogLines }, signal) {
      known(id);
      const from = beginning(since);
      const pod = newestPod(world.podsOf(id));
      if (pod === undefined) throw noPods(id);
      const container = containerOf(id, asked);
      const instance = instanceOf(pod, container);
      if (previous && !instance.hasLast) {
        throw new GuildNetError('not_found', `The container ${container} of ${id} has not been restarted.`, {
          remedy: 'Ask for its log without `previous`.',
          details: { id, container },
        });
      }
      const shown = { container, containers: containersOf(pod) };
      if (!instance.readable || limit === 0) return { ...shown, lines: [] };
      const options = {
        lines: level === undefined ? limit : mostLogLines,
        previous,
        ...(from === undefined ? {} : { sinceTime: secondOf(from) }),
      };
      try {
        const source = createLogSource({ kube, world }, id);
        const entries = await readTail(source, pod, container, options, signal ?? new AbortController().signal);
        const lines = entries.map(({ line }) => line);
        const wanted = lines.filter(({ t, lvl }) => isAtLeast(lvl, level) && (from === undefined || t >= from));
        return { ...shown, lines: wanted.slice(-limit) };
      } catch (error) {
        throw fromKubeError(error, `reading the log of ${id}`);
      }
    },
    async follow({ target: id, level, container: asked, previous = false, since, tail, after }, lastId, signal) {
      if (id === undefined || id === '') {
        throw new GuildNetError('missing_target', 'It is not said whose log to follow.', {
          remedy: 'Add target=<workspace> to the query.',
        });
      }
      known(id);
      const container = containerOf(id, asked);
      const begin = [lastId, after].find((one) => one !== undefined && one !== '');
      const wanted = {
        level,
        previous,
        since: beginning(since),
        tail: tail ?? usualLogLines,
        after: begin === undefined ? undefined : parsePosition(begin),
      };
      const source = createLogSource({ kube, world }, id);
      return hubs.follow(
        JSON.stringify([id, container]),
        (start, closing) => followContainer(source, container, start, closing),
        (own) => followLog(own, wanted, signal),
      );
    },
    get readings() {
      return hubs.size;
    },
    stop: hubs.close,
  };
}
