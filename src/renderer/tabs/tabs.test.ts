import { expect, test } from 'vitest';
import {
  keepTabs,
  moveTab,
  noTabs,
  partnerOf,
  shareOut,
  shownAfterClosing,
  splitTabs,
  tabBeside,
  tabsSchema,
  unsplitTabs,
  withoutTab,
  withTab,
  type Tabs,
} from './tabs.ts';

const abc: Tabs = { ids: ['a', 'b', 'c'], closed: ['x'] };

test('a tab is opened at the end, once, and is not among the closed ones then', () => {
  expect(withTab(noTabs, 'a').ids).toEqual(['a']);
  expect(withTab(abc, 'b')).toBe(abc);
  expect(withTab(abc, 'x')).toEqual({ ids: ['a', 'b', 'c', 'x'], closed: [] });
});

test('there is an end to how many are open, and to how many are remembered', () => {
  const many = Array.from({ length: 100 }, (_, place) => `w${String(place)}`).reduce(withTab, noTabs);
  expect(many.ids).toHaveLength(64);
  expect(many.ids.at(-1)).toBe('w99');
  expect(many.closed).toHaveLength(20);
  expect(tabsSchema.safeParse(many).success).toBe(true);
});

test('a closed tab can be opened again, the last one first', () => {
  expect(withoutTab(withoutTab(abc, 'a'), 'c')).toEqual({ ids: ['b'], closed: ['c', 'a', 'x'] });
  expect(withoutTab(abc, 'nobody')).toBe(abc);
});

test('what is not there any more is neither open nor offered', () => {
  expect(keepTabs(abc, (id) => id === 'b')).toEqual({ ids: ['b'], closed: [] });
  expect(keepTabs(abc, () => true)).toBe(abc);
});

test.each([
  ['a', 2, ['b', 'c', 'a']],
  ['c', 0, ['c', 'a', 'b']],
  ['b', 9, ['a', 'c', 'b']],
  ['b', -1, ['b', 'a', 'c']],
  ['nobody', 0, ['a', 'b', 'c']],
])('%s moved to %i', (moved, to, order) => {
  expect(moveTab(abc, moved, to).ids).toEqual(order);
});

test.each([
  ['a', 1, 'b'],
  ['c', 1, 'a'],
  ['a', -1, 'c'],
  [undefined, 1, 'a'],
  ['nobody', -1, 'c'],
] as const)('beside %s by %i is %s', (of, by, wanted) => {
  expect(tabBeside(abc, of, by)).toBe(wanted);
});

test('beside nothing is nothing', () => {
  expect(tabBeside(noTabs, undefined, 1)).toBeUndefined();
});

test.each([
  ['a', abc, 'b'],
  ['c', abc, 'b'],
  ['a', splitTabs(abc, 'a', 'c', 'row'), 'c'],
  ['a', { ids: ['a'], closed: [] }, undefined],
])('when %s is closed', (closed, tabs, wanted) => {
  expect(shownAfterClosing(tabs, closed)).toBe(wanted);
});

test('two tabs are seen together until one is closed or they are parted', () => {
  const split = splitTabs(abc, 'a', 'c', 'column');
  expect([partnerOf(split, 'a'), partnerOf(split, 'c'), partnerOf(split, 'b'), partnerOf(split, undefined)]).toEqual([
    'c',
    'a',
    undefined,
    undefined,
  ]);
  expect(withoutTab(split, 'b').split).toEqual(split.split);
  expect(withoutTab(split, 'a').split).toBeUndefined();
  expect(unsplitTabs(split).split).toBeUndefined();
  expect(splitTabs(abc, 'a', 'a', 'row')).toBe(abc);
  expect(splitTabs(abc, 'a', 'nobody', 'row')).toBe(abc);
});

test.each([
  [0.3, 0.3],
  [0, 0.2],
  [2, 0.8],
  [Number.NaN, 0.5],
])('a share of %d becomes %d', (asked, held) => {
  expect(shareOut(splitTabs(abc, 'a', 'b', 'row'), asked).split?.share).toBe(held);
});
