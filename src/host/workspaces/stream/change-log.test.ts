import { expect, test } from 'vitest';
import { createChangeLog } from './change-log.ts';

test('numbers its changes, and gives them from a number on', () => {
  const log = createChangeLog<string>({ count: 10, bytes: 100 });
  for (const one of ['a', 'b', 'c']) log.push(one, 1);
  expect([log.first, log.next]).toEqual([0, 3]);
  expect(log.from(1, 9)).toEqual(['b', 'c']);
  expect(log.from(0, 2)).toEqual(['a', 'b']);
  expect(log.from(3, 9)).toEqual([]);
  expect(log.from(99, 9)).toEqual([]);
});

test.each([
  ['too many', { count: 2, bytes: 100 }, [1, 1, 1, 1], 2],
  ['too large', { count: 10, bytes: 25 }, [10, 10, 10], 1],
  ['one that alone is too large', { count: 10, bytes: 25 }, [10, 10, 90], 2],
])('forgets the oldest where they are %s', (_what, limits, sizes, first) => {
  const log = createChangeLog<number>(limits);
  for (const [number, size] of sizes.entries()) log.push(number, size);
  expect([log.first, log.next]).toEqual([first, sizes.length]);
  expect(log.from(first, 9)[0]).toBe(first);
  expect(log.from(first - 1, 9)).toEqual([]);
});
