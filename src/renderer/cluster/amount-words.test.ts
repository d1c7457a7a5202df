import { expect, test } from 'vitest';
import { coreWords, memoryWords } from './amount-words.ts';

test.each([
  [0, '0 B'],
  [134_217_728, '128 MiB'],
  [1_610_612_736, '1.5 GiB'],
  [1_073_741_824, '1 GiB'],
  [-1, '0 B'],
  [2 ** 60, '1,048,576 TiB'],
])('%d bytes are %s', (bytes, words) => expect(memoryWords(bytes)).toBe(words));

test.each([
  [1, '1 core'],
  [4, '4 cores'],
  [0.25, '0.25 cores'],
  [0.002, '0.002 cores'],
  [0.02, '0.02 cores'],
  [0, '0 cores'],
  [12.34, '12.3 cores'],
])('%d is %s', (cores, words) => expect(coreWords(cores)).toBe(words));
