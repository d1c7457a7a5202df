import { expect, test } from 'vitest';
import { age } from './age.ts';

const now = Date.parse('2026-11-23T12:00:00Z');

test.each([
  ['2026-11-23T12:00:00Z', '0s'],
  ['2026-11-23T11:59:01Z', '59s'],
  ['2026-11-23T11:59:00Z', '1m'],
  ['2026-11-23T10:01:00Z', '1h'],
  ['2026-11-21T11:00:00Z', '2d'],
  // The host's clock may be ahead of ours.
  ['2026-11-23T12:00:05Z', '0s'],
  ['nonsense', '-'],
  [undefined, '-'],
])('%s is %s ago', (since, wanted) => {
  expect(age(since, now)).toBe(wanted);
});
