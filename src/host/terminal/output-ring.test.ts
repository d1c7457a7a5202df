import { describe, expect, test } from 'vitest';
import { createOutputRing } from './output-ring.ts';

function ringOf(bytes: number, ...texts: string[]) {
  const ring = createOutputRing(bytes);
  for (const text of texts) ring.push(Buffer.from(text));
  return ring;
}

describe('the last bytes of an output', () => {
  test.each([
    { at: 0, most: 100, text: 'abcdefghi' },
    { at: 2, most: 3, text: 'cde' },
    { at: 3, most: 3, text: 'def' },
    { at: 8, most: 100, text: 'i' },
    { at: 9, most: 100, text: '' },
    { at: 10, most: 1, text: undefined },
    { at: -1, most: 1, text: undefined },
  ])('from $at at most $most: $text', ({ at, most, text }) => {
    expect(ringOf(100, 'abc', 'def', '', 'ghi').from(at, most)?.toString()).toBe(text);
  });

  test('what is old goes, and its place is still counted', () => {
    const ring = ringOf(4, 'abc', 'def', 'ghi');
    expect(ring).toMatchObject({ start: 3, end: 9 });
    expect(ring.from(2, 10)).toBeUndefined();
    expect(ring.from(3, 10)?.toString()).toBe('defghi');
  });

  test('one chunk that is larger than the ring stays whole until the next', () => {
    const ring = ringOf(2, 'abcdef');
    expect(ring.from(0, 10)?.toString()).toBe('abcdef');
    ring.push(Buffer.from('gh'));
    expect(ring).toMatchObject({ start: 6, end: 8 });
  });

  test('a chunk is kept as it was', () => {
    const ring = createOutputRing(10);
    const chunk = Buffer.from('abc');
    ring.push(chunk);
    chunk.fill('x');
    expect(ring.from(0, 3)?.toString()).toBe('abc');
  });
});
