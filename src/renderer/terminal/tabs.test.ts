import { describe, expect, test } from 'vitest';
import { newTab, shownAfterClosing, tabAfterKey, tabName, tabsOf } from './tabs.ts';

const session = (name: string, more: { title?: string; exit_code?: number } = {}) => ({
  session: name,
  created_at: '2026-11-26T08:00:00Z',
  title: '',
  cols: 80,
  rows: 24,
  attached: 0,
  ...more,
});
const tab = (key: number, title = '') => ({ key, session: String(key), title });

describe('the tabs', () => {
  test('are those of the sessions that live', () => {
    expect(tabsOf([session('a', { title: 'me@pod' }), session('b', { exit_code: 0 }), session('c')])).toEqual([
      { key: 0, session: 'a', title: 'me@pod' },
      { key: 1, session: 'c', title: '' },
    ]);
  });

  test('are a new one where there is none', () => {
    expect(tabsOf([])).toEqual([{ key: 0, session: undefined, title: '' }]);
  });

  test('have keys of their own', () => {
    expect(newTab([tab(3), tab(1)]).key).toBe(4);
  });
});

test.each([
  { keys: [0, 1, 2], closed: 1, shown: 0, next: 0 },
  { keys: [0, 1, 2], closed: 1, shown: 1, next: 2 },
  { keys: [0, 1, 2], closed: 2, shown: 2, next: 1 },
  { keys: [0], closed: 0, shown: 0, next: undefined },
])('of $keys without $closed, where $shown was shown: $next', ({ keys, closed, shown, next }) => {
  expect(
    shownAfterClosing(
      keys.map((key) => tab(key)),
      closed,
      shown,
    ),
  ).toBe(next);
});

test('a tab has the name of its window, or a number', () => {
  expect(tabName(tab(0, 'vim'), 0)).toBe('vim');
  expect(tabName(tab(7), 1)).toBe('Terminal 2');
});

test.each([
  ['ArrowRight', 1, 4],
  ['ArrowRight', 4, 0],
  ['ArrowLeft', 1, 0],
  ['ArrowLeft', 0, 4],
  ['Home', 4, 0],
  ['End', 0, 4],
  ['a', 0, undefined],
])('%s at tab %i leads to %s', (key, shown, next) => {
  expect(tabAfterKey([0, 1, 4], shown, key)).toBe(next);
});
