import { expect, test } from 'vitest';
import { hasBurst, isKnownUnsteady, isSteady, newHabit, seenAgain } from './habit.ts';

const again = (times: number, gaps: readonly number[]): number[] => Array.from({ length: times }, () => gaps).flat();

test.each<[string, number[], boolean]>([
  ['too few to tell', again(7, [5000]), false],
  ['a timer', again(8, [5000]), true],
  ['a timer with jitter', again(4, [4000, 6500, 5000, 4700]), true],
  ['the same timer in two tabs', again(8, [1200, 8800]), true],
  ['the same timer in three tabs', again(5, [2000, 3000, 5000]), true],
  ['typing with pauses', [120, 90, 200, 150, 130, 1800, 140, 95, 110, 160, 2400, 130], false],
  ['clicks now and then', [4000, 30_000, 2500, 90_000, 12_000, 7000, 3000, 250_000, 8000], false],
])('%s', (_what, gaps, steady) => {
  expect(isSteady({ gaps })).toBe(steady);
});

test('gaps and bytes of the latest are kept, older ones fade', () => {
  const habit = newHabit();
  for (let second = 0; second <= 600; second += 1) seenAgain(habit, second * 1000, 100);
  expect(habit).toMatchObject({ times: 601, lastAt: 600_000, gaps: Array<number>(16).fill(1000) });
  // 100 bytes a second are about 6,000 in a minute.
  expect(habit.volume).toBeGreaterThan(5_900);
  expect(habit.volume).toBeLessThan(6_200);
});

test('a clock that is set back is no gap', () => {
  const habit = newHabit();
  seenAgain(habit, 1000, 1);
  seenAgain(habit, 500, 1);
  expect(habit.gaps).toEqual([0]);
});

test('a burst is so many within so long', () => {
  expect(hasBurst({ gaps: [90_000, 100, 200] }, 3, 300)).toBe(true);
  expect(hasBurst({ gaps: [90_000, 100, 201] }, 3, 300)).toBe(false);
  expect(hasBurst({ gaps: [100] }, 3, 300)).toBe(false);
});

test('unsteady is only what was seen often enough', () => {
  expect(isKnownUnsteady({ gaps: [100, 9000, 100] })).toBe(false);
  expect(isKnownUnsteady({ gaps: again(3, [100, 9000, 100, 200]) })).toBe(true);
  expect(isKnownUnsteady({ gaps: again(9, [100]) })).toBe(false);
});
