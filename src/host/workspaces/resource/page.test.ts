import { Buffer } from 'node:buffer';
import { expect, test } from 'vitest';
import { cursorOf, pageOf, placeOf } from './page.ts';
import type { Place } from './page.ts';

const at = (second: number, id: string): Place => ({ created: `2026-01-01T00:00:0${String(second)}Z`, id });
/** Newest first, and by name where two were made in one second. */
const items = [at(5, 'e'), at(3, 'c'), at(3, 'd'), at(2, 'b'), at(1, 'a')];
const place = (item: Place): Place => item;
const ids = (list: readonly Place[]): string => list.map(({ id }) => id).join('');

test('pages follow one another until there is nothing more', () => {
  const first = pageOf(items, { place, limit: 2 });
  const second = pageOf(items, { place, limit: 2, cursor: first.next });
  const third = pageOf(items, { place, limit: 2, cursor: second.next });
  expect([first, second, third].map((page) => ids(page.items))).toEqual(['ec', 'db', 'a']);
  expect(third.next).toBeUndefined();
  expect(pageOf(items, { place, limit: 5 }).next).toBeUndefined();
  expect(pageOf([], { place, limit: 5 })).toEqual({ items: [] });
});

test('what is made and deleted meanwhile has nothing repeated and nothing left out', () => {
  const { next } = pageOf(items, { place, limit: 2 });
  // The very one that the cursor names is gone, and another came before it.
  const later = [at(9, 'z'), ...items.filter(({ id }) => id !== 'c')];
  expect(ids(pageOf(later, { place, limit: 9, cursor: next }).items)).toBe('dba');
});

test.for([
  '',
  'x',
  '!!!',
  'e30',
  Buffer.from('[1,2,3]').toString('base64url'),
  Buffer.from('[2,"a","b"]').toString('base64url'),
  Buffer.from('[1,"a","b","c"]').toString('base64url'),
  'x'.repeat(5_000),
])('the cursor "%s" is refused', (cursor) => {
  expect(() => placeOf(cursor)).toThrow(/none that this host has given/);
});

test('a cursor is short and leads back to its place', () => {
  const longest = at(1, 'x'.repeat(63));
  expect(cursorOf(longest).length).toBeLessThan(256);
  expect(placeOf(cursorOf(longest))).toEqual(longest);
});
