import { expect, test } from 'vitest';
import { progressWords, sizeWords } from './size-words.ts';

test.each([
  [0, '0 B'],
  [-1, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [99_950, '100 kB'],
  [999_499, '999 kB'],
  [999_600, '1.0 MB'],
  [1_234_567, '1.2 MB'],
  [5_000_000_000, '5.0 GB'],
  [7e18, '7,000,000 TB'],
])('%d bytes', (bytes, words) => {
  expect(sizeWords(bytes)).toBe(words);
});

test.each([
  [{ received: 5, total: 0 }, '5 B'],
  [{ received: 1_000, total: 4_000_000 }, '1.0 kB of 4.0 MB'],
])('%o', (download, words) => {
  expect(progressWords(download)).toBe(words);
});
