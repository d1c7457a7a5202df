import { afterEach, beforeEach, expect, test } from 'vitest';
import { playKubelet } from '#test/logs/played-kubelet.ts';
import type { PlayedKubelet } from '#test/logs/played-kubelet.ts';
import { takeEntries } from '#test/logs/take-entries.ts';
import type { Taking } from '#test/logs/take-entries.ts';
import { followContainer } from './follow-container.ts';
import type { Start } from './follow-container.ts';

let kubelet: PlayedKubelet;
let ending: AbortController;
beforeEach(() => {
  kubelet = playKubelet();
  ending = new AbortController();
});
afterEach(() => ending.abort());

function follower(start: Partial<Start> = {}): Taking {
  return takeEntries(
    followContainer(kubelet.source, 'workspace', { tail: 100, previous: false, ...start }, ending.signal),
  );
}

test('the tail, then what is printed from then on', async () => {
  kubelet.print([1_000, 'a'], [2_000, 'b'], [2_001, 'c']);
  const { take } = follower({ tail: 2 });
  expect(await take(2)).toEqual(['b', 'c']);
  kubelet.print([2_002, 'd'], [9_000, 'e']);
  expect(await take(2)).toEqual(['d', 'e']);
});

test('of a tail of nothing only what comes after it', async () => {
  kubelet.print([1_000, 'a']);
  const { take } = follower({ tail: 0 });
  const first = take(1);
  kubelet.print([1_001, 'b']);
  expect(await first).toEqual(['b']);
});

test('an answer that breaks off in the middle of a line is gone on with where it broke', async () => {
  kubelet.print([1_000, 'a']);
  const { take } = follower();
  expect(await take(1)).toEqual(['a']);
  kubelet.print([1_001, 'b']);
  expect(await take(1)).toEqual(['b']);
  kubelet.cut('1970-01-01T00:00:01.002000000Z ha');
  expect(await take(1)).toEqual(['[interrupted]']);
  kubelet.print([1_002, 'half'], [1_003, 'd']);
  expect(await take(2)).toEqual(['half', 'd']);
});

test('lines of one time are told apart by their number, also where a tail begins among them', async () => {
  kubelet.print(...Array.from({ length: 6 }, (_, n): [number, string] => [1_000, `same ${String(n)}`]));
  const first = follower({ tail: 3 });
  expect(await first.take(2)).toEqual(['same 3', 'same 4']);
  expect(await follower({ after: first.last() }).take(1)).toEqual(['same 5']);
});

test('what the container before has printed last comes before what the next one prints', async () => {
  const { take, last } = follower();
  kubelet.print([1_000, 'a']);
  expect(await take(1)).toEqual(['a']);
  kubelet.print([1_001, 'b']);
  kubelet.restart();
  kubelet.print([3_000, 'c']);
  expect(await take(3)).toEqual(['b', '[restarted]', 'c']);
  expect(last()).toMatchObject({ restart: 1 });
  // Somebody who was away meanwhile gets the same.
  expect(
    await follower({ after: { pod: '1-a', restart: 0, time: '1970-01-01T00:00:01.000000000Z', n: 0 } }).take(3),
  ).toEqual(['b', '[restarted]', 'c']);
});

test('where more restarts passed than are kept, it says that lines are missing', async () => {
  kubelet.print([1_000, 'a']);
  const after = { pod: '1-a', restart: 0, time: '1970-01-01T00:00:01.000000000Z', n: 0 };
  for (const n of [1, 2, 3]) {
    kubelet.restart();
    kubelet.print([1_000 + n, `of restart ${String(n)}`]);
  }
  expect(await follower({ after }).take(4)).toEqual(['of restart 2', '[gap]', '[restarted]', 'of restart 3']);
});

test('the log of a new pod begins anew', async () => {
  kubelet.print([5_000, 'a']);
  const { take } = follower();
  expect(await take(1)).toEqual(['a']);
  kubelet.replace();
  kubelet.print([4_000, 'by a node whose clock is behind']);
  expect(await take(2)).toEqual(['[replaced]', 'by a node whose clock is behind']);
});

test('previous begins with the container before', async () => {
  kubelet.print([1_000, 'a'], [1_001, 'b']);
  kubelet.restart();
  kubelet.print([2_000, 'c']);
  expect(await follower({ previous: true, tail: 1 }).take(3)).toEqual(['b', '[restarted]', 'c']);
});

test('a refusal for good is told, another is waited out', async () => {
  kubelet.refuse(400);
  kubelet.print([1_000, 'a']);
  const { take } = follower();
  const first = take(1);
  await expect.poll(() => kubelet.asked.length).toBeGreaterThan(0);
  kubelet.refuse(undefined);
  expect(await first).toEqual(['a']);
  kubelet.refuse(403);
  kubelet.cut();
  await expect(take(2)).rejects.toMatchObject({ code: 'forbidden' });
});

test('it ends with the workspace', async () => {
  kubelet.print([1_000, 'a']);
  const { take } = follower();
  expect(await take(1)).toEqual(['a']);
  const rest = take(9);
  await expect.poll(() => kubelet.asked.at(-1)?.follow).toBe(true);
  kubelet.print([1_001, 'b']);
  kubelet.remove();
  expect(await rest).toEqual(['b']);
});
