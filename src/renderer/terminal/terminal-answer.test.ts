import { expect, test } from 'vitest';
import { isAnswer } from './terminal-answer.ts';

test.each([
  ['where the cursor is', '\u001b[12;40R'],
  ['what it is', '\u001b[?1;2c'],
  ['which version', '\u001b[>0;276;0c'],
  ['that it is well', '\u001b[0n'],
  ['a mode', '\u001b[?2026;2$y'],
  ['its size', '\u001b[8;24;80t'],
  ['a setting', '\u001bP1$r0m\u001b\\'],
  ['a colour', '\u001b]11;rgb:ffff/ffff/ffff\u001b\\'],
])('%s is an answer', (_what, text) => expect(isAnswer(text)).toBe(true));

test.each([
  ['a letter', 'c'],
  ['Enter', '\r'],
  ['Escape', '\u001b'],
  ['an arrow', '\u001b[A'],
  ['an arrow with Ctrl', '\u001b[1;5C'],
  ['Delete', '\u001b[3~'],
  ['a letter with Alt', '\u001bc'],
  ['pasted text', '\u001b[200~echo [1R\u001b[201~'],
  ['the mouse', '\u001b[<0;10;10M'],
])('%s is typed', (_what, text) => expect(isAnswer(text)).toBe(false));
