import { expect, test } from 'vitest';
import { timeLeft } from './time-left.ts';

test.each([
  [0, 'less than a minute left'],
  [59, 'less than a minute left'],
  [60, 'about 1 minute left'],
  [89, 'about 1 minute left'],
  [90, 'about 2 minutes left'],
  [600, 'about 10 minutes left'],
])('%i', (seconds, words) => {
  expect(timeLeft(seconds)).toBe(words);
});
