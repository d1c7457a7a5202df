import { expect, test } from 'vitest';
import { openWords, portOf, useWords } from './port-words.ts';

test.each([
  [true, 'open'],
  [false, 'nothing listens'],
])('listening %s is %s', (listening, words) => {
  expect(openWords({ listening })).toBe(words);
});

test('what is not known is said so', () => {
  expect(openWords({})).toMatch(/not known/);
});

test.each([
  [1, 0, '1 connection'],
  [0, 0, '0 connections'],
  [512, 3, '512 connections, 3 refused'],
])('%i open and %i refused are %s', (open, refused, words) => {
  expect(useWords({ connections: { open, total: 9, refused } })).toBe(words);
});

test.each([
  ['5432', 5432],
  [' 80 ', 80],
  ['0', undefined],
  ['65536', undefined],
  ['80a', undefined],
  ['', undefined],
])('%j is the port %s', (text, port) => {
  expect(portOf(text)).toBe(port);
});
