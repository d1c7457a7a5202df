import { expect, test } from 'vitest';
import { verdictOf } from './verdict.ts';

const samples = (of: (at: number) => number): number[] => Array.from({ length: 40 }, (_, at) => of(at));

test.for([
  ['what stays', samples(() => 100), true],
  ['what is noisy', samples((at) => 100 + ((at * 7) % 11) - 5), true],
  ['what warms up and stays', samples((at) => (at < 10 ? 50 + at * 5 : 100)), true],
  ['what grows by 1 MB each time', samples((at) => 100 + at), false],
  ['what sheds now and then and grows all the same', samples((at) => 100 + at * 2 - (at % 5)), false],
  ['what is small and grows by little', samples((at) => 10 + at / 20), true],
] as const)('%s', ([, held, flat]) => expect(verdictOf(held).flat).toBe(flat));

test('a few samples tell nothing', () => {
  expect(() => verdictOf([1, 2, 3])).toThrow(/eight/);
});
