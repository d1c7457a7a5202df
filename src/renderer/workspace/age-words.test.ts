import { expect, test } from 'vitest';
import { ageWords } from './age-words.ts';

test.each([
  ['Running', 10_000, 'just started'],
  ['Running', 7_500_000, 'up 2 h 5 min'],
  ['Stopped', 0, 'just now'],
  ['Failed', 120_000, '2 min ago'],
  ['Terminating', 3000, 'for 3 s'],
] as const)('%s since %i ms: %s', (phase, ms, words) => {
  expect(ageWords(phase, ms)).toBe(words);
});
