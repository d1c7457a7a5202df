import { expect, test } from 'vitest';
import type { Entry } from './entry.ts';
import { createRing } from './ring.ts';

const entry = (n: number, size = 0): Entry => ({
  line: { t: '', lvl: 'info', msg: 'x'.repeat(size) },
  position: { pod: 'a', restart: 0, time: '2026-11-26T08:00:00.000000000Z', n },
});
const numbers = (entries: Entry[]): (number | undefined)[] => entries.map(({ position }) => position?.n);

test('the last ones that fit are kept, by their numbers', () => {
  const ring = createRing(200 * 10);
  for (let n = 0; n < 5_000; n += 1) ring.push(entry(n));
  expect([ring.first, ring.next]).toEqual([4_990, 5_000]);
  expect(numbers(ring.from(4_997, 2))).toEqual([4_997, 4_998]);
  expect(numbers(ring.from(0, 2))).toEqual([4_990, 4_991]);
  expect(ring.from(5_000, 2)).toEqual([]);
  expect(ring.find({ pod: 'a', restart: 0, time: '2026-11-26T08:00:00.000000000Z', n: 4_995 })).toBe(4_995);
  expect(ring.find({ pod: 'a', restart: 0, time: '2026-11-26T08:00:00.000000000Z', n: 3 })).toBeUndefined();
  expect(ring.sizeSince(4_998)).toBe(400);
  expect(ring.sizeSince(0)).toBe(2_000);
});

test('long ones count by their length, and the newest stays in any case', () => {
  const ring = createRing(10_000);
  for (let n = 0; n < 10; n += 1) ring.push(entry(n, 1_000));
  expect([ring.first, ring.next]).toEqual([6, 10]);
  ring.push(entry(10, 1_000_000));
  expect([ring.first, ring.next]).toEqual([10, 11]);
});
