import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { createWorldStore } from './world-store.ts';
import type { WorldChange } from './world.ts';

const server = (id: string, phase: Server['phase']): Server => ({ id, name: id, image: 'i', status: 'pending', phase });
const snapshot = (...servers: Server[]): WorldChange => ({
  type: 'host',
  at: 1,
  event: { type: 'snapshot', servers, homes: [], cluster: { phase: 'online', local: { available: true } } },
});
const upsert = (it: Server): WorldChange => ({ type: 'host', at: 2, event: { type: 'upsert', server: it } });

test('shows what the reducer says, whatever comes', () => {
  const store = createWorldStore();
  store.apply(snapshot(server('a', 'Running'), server('b', 'Pending')));
  store.apply({ type: 'expect', id: 'c' });
  expect(store.world.expected).toEqual({ c: true });
  store.apply(upsert(server('c', 'Starting')));
  store.apply(upsert({ ...server('a', 'Failed'), failure: { reason: 'X', message: 'm' } }));
  store.apply({ type: 'host', at: 3, event: { type: 'delete', id: 'b' } });
  expect(Object.keys(store.world.servers)).toEqual(['a', 'c']);
  expect(store.world.servers['a']).toMatchObject({ phase: 'Failed', failure: { reason: 'X' } });
  expect(store.world.expected).toEqual({});
  store.apply(upsert(server('a', 'Running')));
  expect(store.world.servers['a']).toEqual(server('a', 'Running'));
  store.apply(snapshot(server('z', 'Running')));
  expect(Object.keys(store.world.servers)).toEqual(['z']);
  expect(store.world).toMatchObject({ known: true, cluster: { phase: 'online' } });
});

test('takes thousands in', () => {
  const store = createWorldStore();
  store.apply(snapshot(...Array.from({ length: 5_000 }, (_, place) => server(`w-${String(place)}`, 'Running'))));
  store.apply(upsert(server('w-17', 'Failed')));
  expect(Object.keys(store.world.servers)).toHaveLength(5_000);
  expect(store.world.servers['w-17']?.phase).toBe('Failed');
});
