import { expect, test } from 'vitest';
import { foundWords } from './found-words.ts';

test.each([
  ['', { active: 1, total: 2 }, ''],
  ['a', undefined, ''],
  ['a', { active: 0, total: 0 }, 'Not found'],
  ['a', { active: 2, total: 7 }, '2 of 7'],
])('"%s" %o', (text, result, words) => {
  expect(foundWords(text, result)).toBe(words);
});
