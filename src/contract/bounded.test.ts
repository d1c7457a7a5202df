import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { cutText, cutTextOf, listOf, mapOf, openObject, textOf, timeText } from './bounded.ts';

const messages = (schema: z.ZodType, value: unknown): string[] =>
  (schema.safeParse(value).error?.issues ?? []).map(({ path, message }) => `${path.map(String).join('.')}: ${message}`);

describe('a text', () => {
  test('is refused when it is too long, before anything else looks at it', () => {
    let looks = 0;
    const schema = textOf(3).refine(() => (looks += 1) > 0);
    expect(messages(schema, 'abcd')).toEqual([': Too big: expected string to have <=3 characters']);
    expect(looks).toBe(0);
    expect(schema.parse('abc')).toBe('abc');
    expect(looks).toBe(1);
  });
  test('says in its own words that another thing is none', () =>
    expect(messages(textOf(3, 'a text is wanted'), 1)).toEqual([': a text is wanted']));
  test('that is a time is one of UTC', () => {
    expect(timeText.parse('2026-01-01T00:00:00Z')).toBe('2026-01-01T00:00:00Z');
    for (const wrong of ['2026-01-01', 'now', '2026-01-01T00:00:00+01:00'])
      expect(timeText.safeParse(wrong).success).toBe(false);
  });
});

test.each([
  ['abc', 3, 'abc'],
  ['abcd', 3, 'ab…'],
  ['', 3, ''],
  ['ab\u{1F600}', 4, 'ab\u{1F600}'],
  // A pair is not parted.
  ['ab\u{1F600}c', 4, 'ab…'],
])('%s is cut to %i as %s', (text, max, wanted) => {
  expect(cutText(text, max)).toBe(wanted);
  expect(cutTextOf(max).parse(text)).toBe(wanted);
});

describe('a list', () => {
  test('has a most, and is not read when it has more', () => {
    let reads = 0;
    const item = z.custom((value) => value === 0 && (reads += 1) > 0);
    expect(messages(listOf(item, 3), [0, 0, 0, 0])).toEqual([': Too big: expected array to have <=3 items']);
    expect(reads).toBe(0);
    expect(listOf(item, 3).parse([0, 0, 0])).toEqual([0, 0, 0]);
  });
  test('tells every item that is wrong, and gives up on a long one that is hopeless', () => {
    expect(
      messages(
        listOf(z.int(), 500),
        Array.from({ length: 100 }, () => ''),
      ),
    ).toHaveLength(100);
    expect(
      messages(
        listOf(z.object({ a: z.int() }), 500),
        Array.from({ length: 400 }, () => ({ a: '' })),
      ),
    ).toEqual(['15.a: Invalid input: expected number, received string']);
  });
  test('that is long and right is read', () => {
    const right = Array.from({ length: 400 }, (_, index) => index);
    expect(listOf(z.int(), 500).parse(right)).toEqual(right);
  });
  test('is wanted where it is not optional', () => {
    const schema = z.object({ a: listOf(z.int(), 1), b: listOf(z.int(), 1).optional() });
    expect(messages(schema, {})).toEqual(['a: Invalid input: expected array, received undefined']);
    expect(messages(schema, { a: 1 })).toEqual(['a: Invalid input: expected array, received number']);
    expect(schema.parse({ a: [] })).toEqual({ a: [] });
  });
});

describe('a map', () => {
  const schema = mapOf(textOf(3), z.int(), 2);
  test('has a most of entries', () =>
    expect(messages(schema, { a: 1, b: 2, c: 3 })).toEqual([': Too big: expected object to have <=2 keys']));
  test('has names of a most of characters', () => expect(schema.safeParse({ abcd: 1 }).success).toBe(false));
  test('is no list', () => expect(schema.safeParse([1]).success).toBe(false));
  test('is given up when it is long and hopeless', () => {
    const many = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`k${String(index)}`, '']));
    expect(messages(mapOf(textOf(9), z.int(), 500), many)).toEqual([
      'k15: Invalid input: expected number, received string',
    ]);
    expect(messages(mapOf(textOf(1), z.int(), 500), many)).toHaveLength(2);
  });
});

test('an open object lets fields through, but not any number of them', () => {
  const schema = openObject({ a: z.int() });
  expect(schema.parse({ a: 1, b: 2 })).toEqual({ a: 1, b: 2 });
  const many = Object.fromEntries(Array.from({ length: 300 }, (_, index) => [`k${String(index)}`, 0]));
  expect(messages(schema, { a: 1, ...many })).toHaveLength(1);
});
