import { expect, test } from 'vitest';
import { quantile } from './quantile.ts';

test.each([
  [[], 0.5, 0],
  [[3], 0.99, 3],
  [[4, 1, 3, 2], 0.5, 3],
  [[4, 1, 3, 2], 0, 1],
  [[4, 1, 3, 2], 1, 4],
])('of %j the quantile %d is %d', (values, share, expected) => expect(quantile(values, share)).toBe(expected));
