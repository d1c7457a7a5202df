import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import type { HostEvent } from '#contract/events.ts';
import type { Server } from '#contract/server.ts';
import { afterEvent, cameOnline, cameToRun, emptyWorld, type World } from './world.ts';

const server = (id: string, phase: Server['phase']): Server => ({ id, name: id, image: 'i', status: 'pending', phase });
const cluster = (phase: ClusterState['phase']): ClusterState => ({ phase, local: { available: true } });
const play = (events: HostEvent[]): World => events.reduce(afterEvent, emptyWorld);
const ids = (world: World): string[] => [...world.servers.keys()];

test('follows snapshot, upsert and delete', () => {
  const first = play([{ type: 'snapshot', servers: [server('a', 'Running')], homes: [], cluster: cluster('online') }]);
  const second = afterEvent(first, { type: 'upsert', server: server('b', 'Pending') });
  const third = afterEvent(second, { type: 'delete', id: 'a' });
  expect([ids(first), ids(second), ids(third)]).toEqual([['a'], ['a', 'b'], ['b']]);
});

test('a later snapshot replaces everything', () => {
  const world = play([
    { type: 'snapshot', servers: [server('a', 'Running')], homes: [], cluster: cluster('online') },
    { type: 'snapshot', servers: [server('b', 'Running')], homes: [], cluster: cluster('offline') },
  ]);
  expect(ids(world)).toEqual(['b']);
  expect(world.cluster?.phase).toBe('offline');
});

test('notices what came to run and online', () => {
  const before = play([
    { type: 'snapshot', servers: [server('a', 'Starting')], homes: [], cluster: cluster('offline') },
  ]);
  const running = afterEvent(before, { type: 'upsert', server: server('a', 'Running') });
  const online = afterEvent(before, { type: 'cluster', cluster: cluster('online') });
  expect([cameToRun('a', before, running), cameToRun('a', running, running), cameToRun('b', before, running)]).toEqual([
    true,
    false,
    false,
  ]);
  expect([cameOnline(before, online), cameOnline(online, online), cameOnline(before, running)]).toEqual([
    true,
    false,
    false,
  ]);
});
