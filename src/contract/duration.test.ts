import { expect, test } from 'vitest';
import { parseDuration } from './duration.ts';

test.each([
  ['0s', 0],
  ['90s', 90_000],
  ['1h30m', 5_400_000],
  ['0.5h', 1_800_000],
  ['250ms', 250],
  ['1m250ms', 60_250],
  ['168h', 604_800_000],
])('%s is a duration', (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

test.each([
  '',
  '7',
  '7d',
  '-1h',
  '1h-30m',
  'h',
  '1 h',
  'never',
  '1e3s',
  '.5h',
  '1h ',
  '1hh',
  'ms',
  '1.h',
  '9'.repeat(200_000),
])('"%.20s" is none', (text) => {
  expect(parseDuration(text)).toBeUndefined();
});
