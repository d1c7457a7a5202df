import { expect, test } from 'vitest';
import { retryDelayMs } from './retry-delay.ts';

test.each([
  [1, 0, 250],
  [1, 1, 500],
  [2, 1, 1000],
  [3, 1, 2000],
  [6, 1, 10_000],
  [1000, 1, 10_000],
  [1000, 0, 5000],
  [0, 1, 500],
])('after %i failures with chance %f: %i ms', (failures, random, delay) => {
  expect(retryDelayMs(failures, random)).toBe(delay);
});
