import { expect, test } from 'vitest';
import { zoomAfter, zoomWords } from './zoom.ts';

test.each([
  [1, 'in', 1.1],
  [1, 'out', 0.9],
  [1.0999999, 'in', 1.25],
  [0.9000001, 'out', 0.8],
  [1.3, 'in', 1.5],
  [1.3, 'out', 1.25],
  [5, 'in', 5],
  [0.25, 'out', 0.25],
  [9, 'in', 5],
  [3, 'reset', 1],
  [Number.NaN, 'in', 1],
] as const)('%s %s', (factor, direction, wanted) => {
  expect(zoomAfter(factor, direction)).toBe(wanted);
});

test('says it in words', () => {
  expect(zoomWords(1.1000001)).toBe('110 %');
});
