import type { ClusterState } from '#contract/cluster.ts';
import type { HostEvent } from '#contract/events.ts';
import type { Home } from '#contract/home.ts';
import type { Server } from '#contract/server.ts';
import type { Phase } from '#contract/workspace.ts';
import type { ShownProblem } from '../problem/shown-problem.ts';

/** The page's connection to its host. `retryAt` is the moment (ms since the epoch) of the next attempt. */
export type Link =
  | { phase: 'connecting' }
  | { phase: 'live' }
  | { phase: 'lost'; problem: ShownProblem; retryAt: number };

/** Everything the page knows of the world. All of it comes from the host's `watch`. */
export interface World {
  link: Link;
  /** True once a snapshot has arrived: before that, an absent workspace means nothing. */
  known: boolean;
  servers: Record<string, Server>;
  /** When each workspace entered its stage, in ms since the epoch. */
  since: Record<string, number>;
  /** Home volumes, by the id of their workspace, also where that is gone. */
  homes: Record<string, Home>;
  /** Workspaces that this page launched and the watch has not shown yet. */
  expected: Record<string, true>;
  /** How often the presets have changed since the page was opened. */
  presetChanges: number;
  /** How often the kubeconfig has, which says what contexts there are. */
  contextChanges: number;
  cluster: ClusterState | undefined;
  /** When the cluster entered its phase, in ms since the epoch. */
  clusterSince: number;
}

export type WorldChange =
  | { type: 'host'; event: HostEvent; at: number }
  | { type: 'link'; link: Link }
  | { type: 'expect'; id: string };

export const emptyWorld: World = {
  link: { phase: 'connecting' },
  known: false,
  servers: {},
  since: {},
  homes: {},
  expected: {},
  presetChanges: 0,
  contextChanges: 0,
  cluster: undefined,
  clusterSince: 0,
};

/** The world after a change. Pure: nothing of `world` is altered, and what did not change keeps its identity. */
export function reduceWorld(world: World, change: WorldChange): World {
  switch (change.type) {
    case 'link':
      return { ...world, link: change.link };
    case 'expect':
      return world.servers[change.id] === undefined
        ? { ...world, expected: { ...world.expected, [change.id]: true } }
        : world;
    case 'host':
      return afterEvent(world, change.event, change.at);
  }
}

function afterEvent(world: World, event: HostEvent, at: number): World {
  switch (event.type) {
    case 'snapshot': {
      const homes = Object.fromEntries(event.homes.map((home) => [home.id, home]));
      const servers = Object.fromEntries(event.servers.map((server) => [server.id, server]));
      const since = Object.fromEntries(event.servers.map((server) => [server.id, sinceWhen(world, server, at)]));
      const expected = Object.fromEntries(Object.entries(world.expected).filter(([id]) => !Object.hasOwn(servers, id)));
      return withCluster({ ...world, known: true, servers, since, homes, expected }, event.cluster, at);
    }
    case 'upsert':
      return withServer(world, event.server, at);
    case 'delete':
      return {
        ...world,
        servers: without(world.servers, event.id),
        since: without(world.since, event.id),
        expected: without(world.expected, event.id),
      };
    case 'home':
      return { ...world, homes: { ...world.homes, [event.home.id]: event.home } };
    case 'home-delete':
      return { ...world, homes: without(world.homes, event.id) };
    case 'presets':
      return { ...world, presetChanges: world.presetChanges + 1 };
    case 'contexts':
      return { ...world, contextChanges: world.contextChanges + 1 };
    case 'cluster':
      return withCluster(world, event.cluster, at);
  }
}

function withServer(world: World, server: Server, at: number): World {
  return {
    ...world,
    servers: { ...world.servers, [server.id]: server },
    since: { ...world.since, [server.id]: sinceWhen(world, server, at) },
    expected: without(world.expected, server.id),
  };
}

/** When a workspace entered the stage that it is in now. */
function sinceWhen(before: World, server: Server, at: number): number {
  const old = before.servers[server.id];
  if (old === undefined) return firstSeen(server, at);
  const kept = before.since[server.id];
  return stageOf(old.phase) === stageOf(server.phase) && kept !== undefined ? kept : at;
}

/** Pending and Starting are one wait to the person who waits. */
function stageOf(phase: Phase): Phase | 'launching' {
  return phase === 'Pending' || phase === 'Starting' ? 'launching' : phase;
}

/** A workspace met in the middle of its life: the host's own dates are the best there is, and never lie in the future. */
function firstSeen(server: Server, at: number): number {
  const told = Date.parse(server.updated_at ?? server.created_at ?? '');
  return Number.isNaN(told) ? at : Math.min(told, at);
}

function withCluster(world: World, cluster: ClusterState, at: number): World {
  const same = world.cluster?.phase === cluster.phase;
  return { ...world, cluster, clusterSince: same ? world.clusterSince : at };
}

function without<T>(record: Record<string, T>, id: string): Record<string, T> {
  if (!Object.hasOwn(record, id)) return record;
  const { [id]: _gone, ...rest } = record;
  return rest;
}
