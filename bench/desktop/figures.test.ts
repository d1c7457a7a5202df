import { expect, test } from 'vitest';
import { figuresTable, rank } from './figures.ts';

test.each([
  [[3, 1, 2], 0.5, 2],
  [[1, 2, 3, 4], 0.95, 4],
  [[7], 0.5, 7],
])('of %j the rank %d is %d', (values, share, expected) => expect(rank(values, share)).toBe(expected));

test('without a sample there is no rank', () => expect(() => rank([], 0.5)).toThrow(RangeError));

test('each has its median, its tail and its goal', () => {
  const text = figuresTable({ 'idle, % of a core': [0.2, 0.1, 0.3], other: [1_234] });
  expect(text).toContain('idle, % of a core  3      0.20  0.30  ≤ 0.5');
  expect(text).toContain('other              1      1234  1234');
});
