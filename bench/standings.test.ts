import { expect, test } from 'vitest';
import { mediansOf, rowsOf, standing } from './standings.ts';
import type { FiguresOf } from './standings.ts';

const measures = [
  ['requests/s', 'more'],
  ['p99 ms', 'less'],
] as const;
const all = (value: number): FiguresOf<typeof measures> => ({ 'requests/s': value, 'p99 ms': value });

test('the median of each measure is taken over the rounds', () => {
  expect(mediansOf(measures, [all(3), all(1), { ...all(2), 'p99 ms': 9 }])).toEqual({ ...all(2), 'p99 ms': 3 });
});

test('above 1 is better, whether more or less is good', () => {
  expect(standing(measures, all(4), all(2))).toEqual({ 'requests/s': 2, 'p99 ms': 0.5 });
});

test('a row names each contender, and how the first stands beside the others', () => {
  const rows = rowsOf(measures, [
    { name: 'ours', figures: all(150) },
    { name: 'theirs', figures: all(100) },
  ]);
  expect(rows).toEqual([
    ['', 'ours', 'theirs', '× theirs'],
    ['requests/s', '150', '100', '1.50'],
    ['p99 ms', '150', '100', '0.67'],
  ]);
});
