import { afterEach, beforeEach, expect, test } from 'vitest';
import { playKubelet } from '#test/logs/played-kubelet.ts';
import type { PlayedKubelet } from '#test/logs/played-kubelet.ts';
import { takeEntries } from '#test/logs/take-entries.ts';
import type { Taking } from '#test/logs/take-entries.ts';
import { followContainer } from './follow-container.ts';
import { followLog } from './follow-log.ts';
import type { Wanted } from './follow-log.ts';
import { createHubs } from './hubs.ts';
import type { AllHubs } from './hubs.ts';

const limits = { ringBytes: 40_000, aheadBytes: 10_000, stallMs: 60_000, lingerMs: 60_000 };

let kubelet: PlayedKubelet;
let hubs: AllHubs;
beforeEach(() => {
  kubelet = playKubelet();
  hubs = createHubs(limits);
});
afterEach(() => hubs.close());

interface Reader extends Taking {
  leave(): void;
}

async function join(wanted: Partial<Wanted> = {}, all = hubs): Promise<Reader> {
  const ending = new AbortController();
  const batches = await all.follow(
    'one',
    (start, signal) => followContainer(kubelet.source, 'workspace', start, signal),
    (own) =>
      followLog(own, { tail: 100, previous: false, level: undefined, since: undefined, ...wanted }, ending.signal),
  );
  return { ...takeEntries(batches), leave: () => ending.abort() };
}

const lines = (from: number, to: number): [number, string][] =>
  Array.from({ length: to - from }, (_, n) => [1_000 + from + n, `line ${String(from + n)}`]);
const texts = (from: number, to: number): string[] => lines(from, to).map(([, text]) => text);
const followed = (): number => kubelet.asked.filter(({ follow }) => follow === true).length;

test('several readers share one answer', async () => {
  kubelet.print(...lines(0, 10));
  const [one, other] = await Promise.all([join(), join({ tail: 3 })]);
  const third = await join();
  expect(await one.take(10)).toEqual(texts(0, 10));
  expect(await other.take(3)).toEqual(texts(7, 10));
  expect(await third.take(10)).toEqual(texts(0, 10));
  kubelet.print(...lines(10, 20));
  for (const reader of [one, other, third]) expect(await reader.take(10)).toEqual(texts(10, 20));
  expect(followed()).toBe(1);
});

test('one that wants more than was read gets it by itself, and joins the others', async () => {
  kubelet.print(...lines(0, 10));
  const few = await join({ tail: 2 });
  expect(await few.take(2)).toEqual(texts(8, 10));
  const many = await join({ tail: 10 });
  expect(await many.take(10)).toEqual(texts(0, 10));
  kubelet.print(...lines(10, 12));
  expect(await few.take(2)).toEqual(texts(10, 12));
  expect(await many.take(2)).toEqual(texts(10, 12));
  const asked = kubelet.asked.length;
  few.leave();
  kubelet.print(...lines(12, 14));
  expect(await many.take(2)).toEqual(texts(12, 14));
  expect(kubelet.asked).toHaveLength(asked);
});

test('whoever comes back finds what came meanwhile, and asks the cluster for nothing', async () => {
  kubelet.print(...lines(0, 3));
  const before = await join();
  expect(await before.take(3)).toEqual(texts(0, 3));
  before.leave();
  expect(await before.take(1)).toEqual([]);
  kubelet.print(...lines(3, 6));
  const after = await join({ after: before.last() });
  expect(await after.take(3)).toEqual(texts(3, 6));
  expect(followed()).toBe(1);
});

test('a notice is told once, also where two readings meet', async () => {
  kubelet.print(...lines(0, 2));
  const one = await join({ tail: 1 });
  expect(await one.take(1)).toEqual(texts(1, 2));
  kubelet.restart();
  expect(await one.take(1)).toEqual(['[restarted]']);
  const whole = await join({ tail: 9, previous: true });
  expect(await whole.take(3)).toEqual([...texts(0, 2), '[restarted]']);
  kubelet.print(...lines(5, 6));
  expect(await whole.take(1)).toEqual(texts(5, 6));
});

test('a reader that falls behind is told and let go, and misses nothing when it comes back', async () => {
  kubelet.print(...lines(0, 3));
  const slow = await join();
  const fast = await join();
  expect(await slow.take(3)).toEqual(texts(0, 3));
  expect(await fast.take(3)).toEqual(texts(0, 3));
  for (let from = 3; from < 1_003; from += 100) {
    kubelet.print(...lines(from, from + 100));
    expect(await fast.take(100)).toEqual(texts(from, from + 100));
  }
  const told: string[] = [];
  for (let next = await slow.take(1); next.length > 0; next = await slow.take(1)) told.push(...next);
  expect(told.at(-1)).toBe('[dropped]');
  expect(told.length).toBeLessThan(300);
  const back = await join({ after: slow.last() });
  const missed = 3 + told.length - 1;
  expect(await back.take(1_003 - missed)).toEqual(texts(missed, 1_003));
});

test('nobody who reads is waited for: the cluster is asked for no more than fits', async () => {
  const stuck = await join();
  kubelet.print(...lines(0, 10_000));
  expect(await stuck.take(1)).toEqual(texts(0, 1));
  const late = await join({ tail: 1 });
  // All that was printed is still to be had, from the one ring.
  expect(await late.take(1)).toHaveLength(1);
  expect(await stuck.take(9_999)).toEqual(texts(1, 10_000));
});

test('of a level only what is as urgent, counted as such', async () => {
  kubelet.print([1_000, 'ERROR one'], [1_001, 'two'], [1_002, 'ERROR three'], [1_003, '  at four'], [1_004, 'five']);
  const reader = await join({ level: 'error', tail: 2 });
  expect(await reader.take(2)).toEqual(['ERROR three', '  at four']);
  kubelet.print([1_005, 'six'], [1_006, 'WARN seven'], [1_007, 'error: eight']);
  expect(await reader.take(1)).toEqual(['error: eight']);
});

test('nothing older than asked for', async () => {
  kubelet.print(...lines(0, 10));
  const reader = await join({ since: '1970-01-01T00:00:01.008000000Z' });
  expect(await reader.take(2)).toEqual(texts(8, 10));
});

test('without readers it ends after a while, and too many logs at a time are refused', async () => {
  const quick = createHubs({ ...limits, lingerMs: 1 });
  kubelet.print(...lines(0, 1));
  const reader = await join({}, quick);
  expect(await reader.take(1)).toEqual(texts(0, 1));
  reader.leave();
  expect(await reader.take(1)).toEqual([]);
  const asked = followed();
  await expect
    .poll(async () => {
      const again = await join({ after: reader.last() }, quick);
      again.leave();
      await again.take(1);
      return followed();
    })
    .toBeGreaterThan(asked);
  quick.close();
});
