import { expect, test } from 'vitest';
import { wholeLength } from './whole-sequences.ts';

const bytes = (text: string): Buffer => Buffer.from(text);

test.each([
  { what: 'nothing', output: bytes(''), whole: 0 },
  { what: 'text', output: bytes('abc\r\n'), whole: 5 },
  { what: 'a colour', output: bytes('a\u001b[31m'), whole: 6 },
  { what: 'half a colour', output: bytes('a\u001b[3'), whole: 1 },
  { what: 'ESC alone', output: bytes('a\u001b'), whole: 1 },
  { what: 'text behind a colour', output: bytes('\u001b[1mbold'), whole: 8 },
  { what: 'a title', output: bytes('\u001b]0;me\u0007$'), whole: 8 },
  { what: 'half a title', output: bytes('ab\u001b]0;me'), whole: 2 },
  { what: 'a title that ends with a string terminator', output: bytes('\u001b]0;me\u001b\\'), whole: 8 },
  { what: 'half a string terminator', output: bytes('\u001b]0;me\u001b'), whole: 0 },
  { what: 'a character set', output: bytes('\u001b(B'), whole: 3 },
  { what: 'half a character set', output: bytes('\u001b('), whole: 0 },
  { what: 'a saved cursor', output: bytes('\u001b7'), whole: 2 },
  { what: 'a character', output: bytes('漢'), whole: 3 },
  { what: 'a character without its last byte', output: bytes('a漢').subarray(0, 3), whole: 1 },
  { what: 'a character of four without its last byte', output: bytes('😀').subarray(0, 3), whole: 0 },
  { what: 'the first byte of two', output: bytes('aä').subarray(0, 2), whole: 1 },
  { what: 'no character at all', output: Buffer.from([0x61, 0x80, 0x80, 0x80, 0x80]), whole: 5 },
  { what: 'a string that has no end', output: bytes(`\u001b]${'x'.repeat(5_000)}`), whole: 5_002 },
])('$what: $whole bytes', ({ output, whole }) => {
  expect(wholeLength(output)).toBe(whole);
});
