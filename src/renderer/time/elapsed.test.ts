import { expect, test } from 'vitest';
import { elapsedWords, stopwatchWords } from './elapsed.ts';

test.each([
  [-5000, '0 s', '0 s'],
  [0, '0 s', '0 s'],
  [8999, '8 s', '8 s'],
  [60_000, '1 min', '1 min 00 s'],
  [68_000, '1 min', '1 min 08 s'],
  [3_599_000, '59 min', '59 min 59 s'],
  [3_600_000, '1 h', '1 h'],
  [7_500_000, '2 h 5 min', '2 h 5 min'],
  [86_400_000, '1 d', '1 d'],
  [273_600_000, '3 d 4 h', '3 d 4 h'],
])('%i ms', (ms, elapsed, stopwatch) => {
  expect(elapsedWords(ms)).toBe(elapsed);
  expect(stopwatchWords(ms)).toBe(stopwatch);
});
