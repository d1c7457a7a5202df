import { expect, test } from 'vitest';
import { automaticBudget, budgetBytes, toLetGo, type IdleView } from './budget.ts';

const megabyte = 1_000_000;
const view = (id: string, usedAt: number, megabytes = 100, isHeld = false): IdleView => ({
  id,
  usedAt,
  bytes: megabytes * megabyte,
  isHeld,
});

test.each([
  [2_000, 500],
  [8_000, 1_000],
  [16_000, 2_000],
  [256_000, 2_000],
])('of %d MB an eighth is %d MB, within bounds', (total, wanted) => {
  expect(automaticBudget(total * megabyte)).toBe(wanted * megabyte);
});

test('what is chosen holds whatever the machine has', () => {
  expect(budgetBytes(300, 8_000 * megabyte)).toBe(300 * megabyte);
  expect(budgetBytes('automatic', 8_000 * megabyte)).toBe(1_000 * megabyte);
});

test.each<[string, IdleView[], number, string[]]>([
  ['all fit', [view('a', 1), view('b', 2)], 200, []],
  ['the oldest goes', [view('b', 2), view('a', 1), view('c', 3)], 200, ['a']],
  ['as many as it takes', [view('a', 1), view('b', 2), view('c', 3)], 100, ['a', 'b']],
  ['one that is held stays, and the next goes', [view('a', 1, 100, true), view('b', 2), view('c', 3)], 200, ['b']],
  ['a large one that is new does not go before an old one', [view('a', 1, 10), view('b', 2, 500)], 505, ['a']],
  ['nothing may stay', [view('a', 1), view('b', 2)], 0, ['a', 'b']],
  ['nothing is there', [], 0, []],
])('%s', (_what, views, megabytes, gone) => {
  expect(toLetGo(views, megabytes * megabyte)).toEqual(gone);
});
