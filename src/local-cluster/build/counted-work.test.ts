import { expect, test } from 'vitest';
import { countedWork } from './counted-work.ts';

test('tells how much is done, and when a twentieth is, how long the rest takes', () => {
  let now = 0;
  const work = countedWork(100, () => now);
  const said = Array.from({ length: 100 }, () => {
    const told = work.next();
    now += 2_000;
    return told;
  });
  expect(said[0]).toEqual({ done: 0, total: 100 });
  expect(said[4]).toEqual({ done: 4, total: 100 });
  expect(said[5]).toEqual({ done: 5, total: 100, secondsLeft: 190 });
  expect(said[99]).toEqual({ done: 99, total: 100, secondsLeft: 2 });
});

test('bears more parts than were expected, and none', () => {
  const work = countedWork(0, () => 0);
  expect(work.next()).toEqual({ done: 0, total: 1 });
  expect(work.next()).toEqual({ done: 1, total: 2, secondsLeft: 0 });
});
