import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import type { HostEvent } from '#contract/events.ts';
import { createEventFeed } from './event-feed.ts';

const cluster: ClusterState = { phase: 'online', local: { available: false } };
const gone = (id: string): HostEvent & { type: 'delete' } => ({ type: 'delete', id });

function feed() {
  let snapshots = 0;
  return createEventFeed(() => ({
    servers: [],
    homes: [],
    cluster: { ...cluster, version: String((snapshots += 1)) },
  }));
}

const typeOf = (result: IteratorResult<HostEvent, void>): string => (result.done === true ? 'done' : result.value.type);

test('first a snapshot, then every change in order', async () => {
  const events = feed();
  const watch = events.watch(undefined);
  expect(typeOf(await watch.next())).toBe('snapshot');
  events.publish(gone('a'));
  events.publish(gone('b'));
  expect((await watch.next()).value).toEqual(gone('a'));
  expect((await watch.next()).value).toEqual(gone('b'));
  const waiting = watch.next();
  events.publish(gone('c'));
  expect((await waiting).value).toEqual(gone('c'));
});

test('a change between the snapshot and the next read is not missed', async () => {
  const events = feed();
  const watch = events.watch(undefined);
  const first = watch.next();
  events.publish(gone('a'));
  expect(typeOf(await first)).toBe('snapshot');
  expect((await watch.next()).value).toEqual(gone('a'));
});

test('a slow watcher gets a new snapshot instead of unbounded memory', async () => {
  const events = feed();
  const watch = events.watch(undefined);
  await watch.next();
  for (let count = 0; count < 1_000; count += 1) events.publish(gone(String(count)));
  const next = await watch.next();
  expect(next.value).toMatchObject({ type: 'snapshot', cluster: { version: '2' } });
  events.publish(gone('after'));
  expect((await watch.next()).value).toEqual(gone('after'));
});

test('of cluster states in a row only the last is told', async () => {
  const events = feed();
  const watch = events.watch(undefined);
  await watch.next();
  for (const version of ['a', 'b', 'c']) events.publish({ type: 'cluster', cluster: { ...cluster, version } });
  expect((await watch.next()).value).toMatchObject({ cluster: { version: 'c' } });
});

test('a reset gives everybody a snapshot', async () => {
  const events = feed();
  const watch = events.watch(undefined);
  await watch.next();
  events.publish(gone('old'));
  events.reset();
  expect(typeOf(await watch.next())).toBe('snapshot');
});

test('an abort and a close end the watch', async () => {
  const events = feed();
  const ending = new AbortController();
  const aborted = events.watch(ending.signal);
  await aborted.next();
  const waiting = aborted.next();
  ending.abort();
  expect(typeOf(await waiting)).toBe('done');
  const open = events.watch(undefined);
  await open.next();
  const other = open.next();
  events.close();
  expect(typeOf(await other)).toBe('done');
  expect(typeOf(await events.watch(undefined).next())).toBe('done');
});
