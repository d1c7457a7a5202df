import type { Forward } from '#contract/forwards.ts';
import type { Home } from '#contract/home.ts';
import type { Server } from '#contract/server.ts';
import type { WorkspacePage, WorkspaceQuery } from '#contract/workspace-resource.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { Session } from '../cluster/session.ts';
import type { Forwards } from '../forwards/forwards.ts';
import type { Shares } from '../sharing/shares.ts';
import { pageOfFitting } from '../workspaces/resource/listed.ts';
import type { ClusterScope } from './cluster-scope.ts';
import type { Labelled } from './labelled.ts';
import type { OpenContexts } from './open-contexts.ts';

/**
 * The lists of all contexts that are open, the one in use first. While there is but that one they wait for its connection, and say why there is
 * none; with others beside it they have what each knows now, and wait for nobody: how each fares stands in the list of contexts and the status.
 */
export interface JoinedLists {
  servers(signal?: AbortSignal): Promise<readonly Server[]>;
  /** Without waiting. Throws why there is none. */
  serversNow(): readonly Server[];
  homes(signal?: AbortSignal): Promise<readonly Home[]>;
  /** Both, as far as they are known: nothing of a cluster that is not there. */
  now(): { servers: Server[]; homes: Home[] };
  page(query: WorkspaceQuery, signal?: AbortSignal): Promise<WorkspacePage>;
}

/** The connections that there are beside the one in use. */
export function otherSessions(contexts: Pick<OpenContexts, 'list'>): { session: Session; as: Labelled }[] {
  return contexts.list().flatMap(({ scope, as }) => {
    const session = scope.cluster.openSession;
    return session === undefined ? [] : [{ session, as }];
  });
}

type Own = Pick<ClusterScope, 'cluster'>;
type Others = Pick<OpenContexts, 'list'>;

export function joinedLists({ cluster }: Own, contexts: Others): JoinedLists {
  const alone = (): boolean => contexts.list().length === 0;

  /** Of each connection its part of a list, under the ids that it has here. */
  async function joined<Shown>(
    signal: AbortSignal | undefined,
    of: (session: Session) => readonly Shown[],
    label: (as: Labelled) => (one: Shown) => Shown,
  ): Promise<readonly Shown[]> {
    if (alone()) return of(await cluster.connected(signal));
    return now(of, label);
  }
  function now<Shown>(
    of: (session: Session) => readonly Shown[],
    label: (as: Labelled) => (one: Shown) => Shown,
  ): Shown[] {
    const session = cluster.openSession;
    const others = otherSessions(contexts).flatMap((one) => of(one.session).map(label(one.as)));
    return [...(session === undefined ? [] : of(session)), ...others];
  }
  const serversOf = ({ workspaces }: Session): readonly Server[] => workspaces.list();
  const homesOf = ({ workspaces }: Session): readonly Home[] => workspaces.homes.list();

  return {
    servers: (signal) => joined(signal, serversOf, (as) => as.server),
    serversNow: () => (alone() ? serversOf(cluster.session()) : now(serversOf, (as) => as.server)),
    homes: (signal) => joined(signal, homesOf, (as) => as.home),
    now: () => ({ servers: now(serversOf, (as) => as.server), homes: now(homesOf, (as) => as.home) }),
    async page(query, signal) {
      if (alone()) return (await cluster.connected(signal)).workspaces.resources.list(query);
      const own = cluster.openSession?.workspaces.resources.fitting(query) ?? [];
      const others = otherSessions(contexts).flatMap(({ session, as }) =>
        session.workspaces.resources.fitting(query).map(({ place, shown }) => ({
          place: { ...place, id: as.id(place.id) },
          shown: () => as.resource(shown()),
        })),
      );
      return pageOfFitting([...own, ...others], query);
    },
  };
}

/** The forwards of all contexts: what each knows by a workspace's name is asked of it alone, and what is about all of each. */
export function joinedForwards({ forwards }: Pick<ClusterScope, 'forwards'>, contexts: Others): Forwards {
  const all = (): Forwards[] => [forwards, ...contexts.list().map(({ scope }) => scope.forwards)];
  return {
    ...forwards,
    list(workspace): Forward[] {
      if (workspace !== undefined) return forwards.list(workspace);
      const others = contexts.list().flatMap(({ scope, as }) => scope.forwards.list().map(as.forward));
      return [...forwards.list(), ...others];
    },
    stop(id) {
      // Each has a name of its own; who has none of it says so.
      const there = all().find((one) => one.list().some((forward) => forward.id === id));
      return (there ?? forwards).stop(id);
    },
    get connections() {
      return all().reduce((sum, one) => sum + one.connections, 0);
    },
  };
}

/** The shares of all contexts, each by the policies of its own cluster. */
export function joinedShares(own: Pick<ClusterScope, 'shares' | 'cluster'>, contexts: Others): Shares {
  return {
    ...own.shares,
    async list(who, id) {
      const others = contexts.list().filter(({ scope }) => scope.cluster.openSession !== undefined);
      if (id !== undefined || contexts.list().length === 0) return own.shares.list(who, id);
      const lists = await Promise.all([
        own.cluster.openSession === undefined ? [] : known(own.shares.list(who)),
        ...others.map(async ({ scope, as }) => (await known(scope.shares.list(who))).map(as.share)),
      ]);
      return lists.flat().toSorted((one, other) => (other.created_at ?? '').localeCompare(one.created_at ?? ''));
    },
  };
}

/** None of one that does not answer now. */
async function known<Shown>(list: Promise<Shown[]>): Promise<Shown[]> {
  try {
    return await list;
  } catch (error) {
    if (error instanceof GuildNetError && /^(?:no_cluster|cluster_)/.test(error.code)) return [];
    throw error;
  }
}
