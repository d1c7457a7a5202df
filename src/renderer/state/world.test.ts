import { describe, expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import type { Server } from '#contract/server.ts';
import { emptyWorld, reduceWorld, type World, type WorldChange } from './world.ts';

const online: ClusterState = { phase: 'online', local: { available: true } };
const offline: ClusterState = { phase: 'offline', local: { available: true } };

function server(id: string, phase: Server['phase'], more: Partial<Server> = {}): Server {
  return { id, name: id, image: 'busybox', status: 'pending', phase, ...more };
}

function after(...changes: WorldChange[]): World {
  return changes.reduce(reduceWorld, emptyWorld);
}

const snapshot = (at: number, ...servers: Server[]): WorldChange => ({
  type: 'host',
  at,
  event: { type: 'snapshot', servers, homes: [], cluster: online },
});
const upsert = (at: number, it: Server): WorldChange => ({ type: 'host', at, event: { type: 'upsert', server: it } });

describe('what the world holds', () => {
  const cases: Array<[string, World, Partial<World>]> = [
    ['nothing is known before a snapshot', after(), { known: false, servers: {} }],
    [
      'a snapshot fills it',
      after(snapshot(5, server('a', 'Running'))),
      { known: true, servers: { a: server('a', 'Running') }, cluster: online, clusterSince: 5 },
    ],
    [
      'a second snapshot replaces what is gone',
      after(snapshot(5, server('a', 'Running')), snapshot(9, server('b', 'Pending'))),
      { servers: { b: server('b', 'Pending') }, since: { b: 9 } },
    ],
    [
      'an upsert adds and replaces',
      after(snapshot(1, server('a', 'Pending')), upsert(2, server('a', 'Running')), upsert(3, server('b', 'Pending'))),
      { servers: { a: server('a', 'Running'), b: server('b', 'Pending') } },
    ],
    [
      'a delete removes every trace',
      after(snapshot(1, server('a', 'Running')), { type: 'host', at: 2, event: { type: 'delete', id: 'a' } }),
      { servers: {}, since: {} },
    ],
    [
      'a delete of the unknown changes nothing',
      after(snapshot(1), { type: 'host', at: 2, event: { type: 'delete', id: 'x' } }),
      { servers: {} },
    ],
    [
      'a cluster event moves its own clock only when the phase changes',
      after(snapshot(1), { type: 'host', at: 7, event: { type: 'cluster', cluster: online } }),
      { cluster: online, clusterSince: 1 },
    ],
    [
      'a change of the presets is counted',
      after(snapshot(1), { type: 'host', at: 7, event: { type: 'presets' } }),
      { presetChanges: 1, clusterSince: 1 },
    ],
    [
      'a change of the contexts is counted',
      after(snapshot(1), { type: 'host', at: 7, event: { type: 'contexts' } }),
      { contextChanges: 1, presetChanges: 0 },
    ],
    [
      'a new cluster phase starts its clock',
      after(snapshot(1), { type: 'host', at: 7, event: { type: 'cluster', cluster: offline } }),
      { cluster: offline, clusterSince: 7 },
    ],
    [
      'what was known survives a lost link',
      after(snapshot(1, server('a', 'Running')), {
        type: 'link',
        link: { phase: 'lost', retryAt: 3, problem: { code: 'host_unreachable', message: '' } },
      }),
      { known: true, servers: { a: server('a', 'Running') } },
    ],
    ['a launch is expected', after(snapshot(1), { type: 'expect', id: 'a' }), { expected: { a: true } }],
    [
      'until the watch shows it',
      after(snapshot(1), { type: 'expect', id: 'a' }, upsert(2, server('a', 'Pending'))),
      { expected: {} },
    ],
    [
      'and not when the watch was quicker',
      after(snapshot(1), upsert(2, server('a', 'Pending')), { type: 'expect', id: 'a' }),
      { expected: {} },
    ],
  ];
  test.each(cases)('%s', (_name, world, part) => {
    expect(world).toMatchObject(part);
    for (const key of ['servers', 'since', 'expected'] as const) {
      if (part[key] !== undefined) expect(world[key]).toEqual(part[key]);
    }
  });
});

describe('since when', () => {
  const t = (ms: number): string => new Date(ms).toISOString();
  const cases: Array<[string, World, number]> = [
    ['without dates: the moment it was seen', after(snapshot(50, server('a', 'Running'))), 50],
    [
      'first seen: the last change the host tells',
      after(snapshot(50, server('a', 'Running', { created_at: t(10), updated_at: t(20) }))),
      20,
    ],
    [
      'a host whose clock is ahead does not count backwards',
      after(snapshot(50, server('a', 'Running', { created_at: t(90) }))),
      50,
    ],
    [
      'Pending and Starting are one wait',
      after(snapshot(50), upsert(60, server('a', 'Pending')), upsert(70, server('a', 'Starting'))),
      60,
    ],
    [
      'Running starts anew',
      after(snapshot(50), upsert(60, server('a', 'Starting')), upsert(70, server('a', 'Running'))),
      70,
    ],
    [
      'a snapshot after a reconnect keeps the clock',
      after(snapshot(50), upsert(60, server('a', 'Running')), snapshot(90, server('a', 'Running'))),
      60,
    ],
  ];
  test.each(cases)('%s', (_name, world, since) => {
    expect(world.since['a']).toBe(since);
  });
});

test('a change leaves the world before it as it was', () => {
  const before = after(snapshot(1, server('a', 'Running')));
  const copy = structuredClone(before);
  reduceWorld(before, upsert(2, server('a', 'Failed')));
  reduceWorld(before, { type: 'host', at: 3, event: { type: 'delete', id: 'a' } });
  expect(before).toEqual(copy);
});
