import { expect, test } from 'vitest';
import type { Progress } from '#contract/progress.ts';
import { amountOf } from './progress-amount.ts';

test.each<[Omit<Progress, 'step'>, string | undefined]>([
  [{}, undefined],
  [{ total: 9 }, undefined],
  [{ done: 3, total: 9, unit: 'packages' }, '3 of 9 packages'],
  [{ done: 3, total: 9 }, '3 of 9'],
  [{ done: 12, unit: 'files' }, '12 files'],
  [{ done: 41.6, total: 100, unit: '%' }, '42 %'],
  [{ done: 120_000_000, total: 870_000_000, unit: 'bytes' }, '120 MB of 870 MB'],
  [{ done: 1_500, unit: 'bytes' }, '1.5 kB'],
  [{ done: 0, total: 999, unit: 'bytes' }, '0 B of 999 B'],
  [{ done: 5e13, unit: 'bytes' }, '50000 GB'],
])('%o: %s', (progress, words) => {
  expect(amountOf({ step: 'x', ...progress })).toBe(words);
});
