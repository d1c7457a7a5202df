import { expect, test } from 'vitest';
import { printable } from './printable.ts';

test.each([
  ['plain text', 'plain text'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['carriage\rreturn', 'carriagereturn'],
  ['a\u009b2Jb', 'a2Jb'],
  ['größe – 日本', 'größe – 日本'],
])('%j is printed as %j', (given, wanted) => {
  expect(printable(given)).toBe(wanted);
});
