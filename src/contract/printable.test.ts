import { expect, test } from 'vitest';
import { printable, printableJson } from './printable.ts';

test.each([
  ['plain text', 'plain text'],
  ['two\nlines\tand a tab', 'two\nlines\tand a tab'],
  ['\u001b[31mred\u001b[0m', '[31mred[0m'],
  ['carriage\rreturn', 'carriagereturn'],
  ['a\u009b2Jb', 'a2Jb'],
  ['größe – 日本', 'größe – 日本'],
  // Right-to-left override: shown as "image:gpj.exe" otherwise.
  ['image:\u202eexe.jpg', 'image:exe.jpg'],
  ['\u202aa\u202bb\u202cc\u202dd\u2066e\u2067f\u2068g\u2069h\u200ei\u200fj\u061ck', 'abcdefghijk'],
  ['one\u2028two\u2029three\u0085four', 'onetwothreefour'],
  ['a\u{E0041}b\uFEFFc', 'abc'],
  // Right-to-left writing and joined emoji are what people write.
  ['שלום', 'שלום'],
  ['👩\u200d💻', '👩\u200d💻'],
])('%j is printed as %j', (given, wanted) => {
  expect(printable(given)).toBe(wanted);
});

test.each(['image:\u202eexe.jpg', 'a\u009b2Jb\u007f', '\u{E0041}\uFEFF', 'größe – 日本 \u001b"\\'])(
  '%j is the same as JSON, and harmless',
  (text) => {
    const line = printableJson({ text });
    expect(JSON.parse(line)).toEqual({ text });
    expect(printable(line)).toBe(line);
  },
);
