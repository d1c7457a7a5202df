import { expect, test } from 'vitest';
import { readPss, readStat, treeOf } from './process-tree.ts';

test('the parent and the ticks stand behind the name, whatever that is', () => {
  const text = '71 (a ) b (c)) S 12 71 71 0 -1 4194560 1 2 3 4 250 50 7 8 20 0 1 0 99';
  expect(readStat(text)).toEqual({ parent: 12, ticks: 300 });
});

test('Pss is read in bytes', () => {
  expect(readPss('Rss:    900 kB\nPss:     512 kB\nPss_Dirty:  1 kB\n')).toBe(524_288);
  expect(readPss('')).toBe(0);
});

test('a tree has all that descends from its root', () => {
  const parents = new Map([
    [1, 0],
    [5, 1],
    [6, 5],
    [7, 6],
    [8, 1],
  ]);
  expect(treeOf(5, parents)).toEqual([5, 6, 7]);
});
