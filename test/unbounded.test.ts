import { expect, test } from 'vitest';
import { z } from 'zod';
import { cutTextOf, listOf, mapOf, openObject, textOf } from '#contract/bounded.ts';
import { unboundedOf } from './unbounded.ts';

test.each<[string, z.ZodType]>([
  ['a bounded text', textOf(3)],
  ['a bounded text with other checks', textOf(3).min(1).regex(/^a+$/).check(z.url()).optional().default('a')],
  ['a text that is cut', cutTextOf(3).min(1)],
  ['bounded lists and maps', listOf(mapOf(textOf(3), textOf(3), 4).nullable(), 5)],
  [
    'objects, open or not',
    z.object({ a: openObject({ b: z.int() }).readonly(), c: z.boolean().pipe(z.literal(true)) }),
  ],
  ['what is finite', z.union([z.enum(['a']), z.literal(1), z.date(), z.null(), z.number()])],
])('%s is bounded', (_what, schema) => {
  expect(unboundedOf(schema).filter((path) => !path.endsWith('.*'))).toEqual([]);
});

test.each<[string, z.ZodType, string[]]>([
  ['a text', z.string(), ['itself']],
  ['one whose bound comes after other checks', z.string().regex(/a/).max(3, { abort: true }), ['itself']],
  ['one whose other checks run all the same', z.string().max(3).regex(/a/), ['itself']],
  ['one of a format, which is looked at first', z.url().max(3, { abort: true }), ['itself']],
  ['one that is altered and not bounded', z.string().trim(), ['itself']],
  ['a list', z.array(z.int()), ['itself']],
  ['a list that is counted after its items were read', z.array(z.int()).max(3), ['itself']],
  ['a map, and its names', z.record(z.string(), z.int()), ['itself', '{name}']],
  ['an open object', z.looseObject({ a: z.int() }), ['itself', '.*']],
  ['anything', z.unknown(), ['itself']],
  ['what looks for itself', z.custom(() => true), ['itself']],
  ['something deep inside', z.object({ a: listOf(z.union([z.int(), z.object({ b: z.string() })]), 3) }), ['.a[].b']],
])('%s is not', (_what, schema, wanted) => {
  expect([...new Set(unboundedOf(schema))]).toEqual(wanted);
});
