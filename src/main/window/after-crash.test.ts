import { expect, test } from 'vitest';
import { afterCrash, calmMs } from './after-crash.ts';

test.each([
  [Number.POSITIVE_INFINITY, false, 'reload'],
  [calmMs + 1, false, 'reload'],
  [calmMs + 1, true, 'reload'],
  [calmMs, false, 'ask'],
  [0, false, 'ask'],
  [0, true, 'leave'],
] as const)('%d ms after the last crash, asking: %s: %s', (since, asking, next) => {
  expect(afterCrash(since, asking)).toBe(next);
});
