import { expect, test } from 'vitest';
import { backoffDelay } from './backoff.ts';

const options = { baseMs: 5, maxMs: 1_000_000 };

test('doubles with every failure up to the most', () => {
  const most = (failures: number): number => backoffDelay(failures, options, () => 0);
  expect([1, 2, 3, 4].map(most)).toEqual([5, 10, 20, 40]);
  expect(most(18)).toBe(655_360);
  expect(most(19)).toBe(1_000_000);
  expect(most(100_000)).toBe(1_000_000);
});

test('leaves out at most half of it at random', () => {
  expect(backoffDelay(3, options, () => 0.999_999)).toBeCloseTo(10, 3);
  expect(backoffDelay(3, options, () => 0.5)).toBe(15);
});
