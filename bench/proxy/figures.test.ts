import { expect, test } from 'vitest';
import { mediansOf, measures, rowsOf, standing } from './figures.ts';
import type { Figures } from './figures.ts';

const all = (value: number): Figures => Object.fromEntries(measures.map(([name]) => [name, value])) as Figures;

test('the median of each measure is taken over the rounds', () => {
  expect(mediansOf([all(3), all(1), { ...all(2), 'MB/s up': 9 }])).toEqual({ ...all(2), 'MB/s up': 3 });
});

test('above 1 is better, whether more or less is good', () => {
  const ratios = standing(all(4), all(2));
  expect(ratios['MB/s down']).toBe(2);
  expect(ratios['p99 ms, 8 connections']).toBe(0.5);
});

test('a row names each contender, and how the first stands beside the others', () => {
  const rows = rowsOf([
    { name: 'ours', figures: all(150) },
    { name: 'theirs', figures: all(100) },
  ]);
  expect(rows[0]).toEqual(['', 'ours', 'theirs', '× theirs']);
  expect(rows[1]).toEqual(['requests/s, 8 connections', '150', '100', '1.50']);
  expect(rows[2]).toEqual(['p99 ms, 8 connections', '150', '100', '0.67']);
});
