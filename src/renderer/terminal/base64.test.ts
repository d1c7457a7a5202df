import { expect, test } from 'vitest';
import { bytesOf, textOfBytes } from './base64.ts';

test.each([
  { pieces: [], text: '' },
  { pieces: [[0]], text: 'AA==' },
  { pieces: [[255, 254], [253]], text: '//79' },
  { pieces: [[104], [105, 10]], text: 'aGkK' },
])('$text', ({ pieces, text }) => {
  expect(textOfBytes(pieces.map((piece) => Uint8Array.from(piece)))).toBe(text);
  expect([...bytesOf(text)]).toEqual(pieces.flat());
});
