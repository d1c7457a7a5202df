import { expect, test } from 'vitest';
import { readTabs, writeTabs } from './kept-tabs.ts';
import { noTabs, splitTabs } from './tabs.ts';

const holding = (text: string | null) => ({ getItem: () => text });

test('what is written is read again', () => {
  let kept = '';
  const tabs = splitTabs({ ids: ['a', 'b'], closed: ['c'] }, 'a', 'b', 'row');
  writeTabs({ setItem: (_key, text) => (kept = text) }, tabs);
  expect(readTabs(holding(kept))).toEqual(tabs);
});

test.each([
  [null],
  ['{'],
  ['[]'],
  ['{"ids":[1],"closed":[]}'],
  [JSON.stringify({ ids: Array(999).fill('a'), closed: [] })],
])('of %.40s nothing is made', (text) => {
  expect(readTabs(holding(text))).toBe(noTabs);
});

test('a storage that refuses breaks nothing', () => {
  expect(() =>
    writeTabs(
      {
        setItem: () => {
          throw new Error('full');
        },
      },
      noTabs,
    ),
  ).not.toThrow();
});
