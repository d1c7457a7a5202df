import { expect, test } from 'vitest';
import { remaining } from './remaining.ts';

const now = Date.parse('2026-03-01T12:00:00Z');

test.each([
  ['2026-03-08T12:00:00Z', '7d'],
  ['2026-03-08T11:59:59Z', '6d'],
  ['2026-03-01T15:30:00Z', '3h'],
  ['2026-03-01T12:05:00Z', '5m'],
  ['2026-03-01T12:00:12Z', '12s'],
  ['2026-03-01T12:00:00Z', 'over'],
  ['2026-02-01T12:00:00Z', 'over'],
  ['soon', '-'],
])('until %s there is %s', (until, left) => {
  expect(remaining(until, now)).toBe(left);
});
