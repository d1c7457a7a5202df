import { expect, test } from 'vitest';
import { createAllowance } from './allowance.ts';

test('lets a burst through, then one per period, and never saves up more than a burst', () => {
  let time = 0;
  const allowance = createAllowance(2, 100, () => time);
  const takeAt = (at: number): boolean => {
    time = at;
    return allowance.take();
  };
  expect([takeAt(0), takeAt(0), takeAt(0)]).toEqual([true, true, false]);
  expect([takeAt(99), takeAt(100), takeAt(150)]).toEqual([false, true, false]);
  expect([takeAt(10_000), takeAt(10_000), takeAt(10_000)]).toEqual([true, true, false]);
});
