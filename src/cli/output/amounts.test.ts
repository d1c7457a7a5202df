import { expect, test } from 'vitest';
import { coresText, memoryText, ofText } from './amounts.ts';

test.each([
  [0, '0 B'],
  [134_217_728, '128 MiB'],
  [1_610_612_736, '1.5 GiB'],
  [1_073_741_823, '1 GiB'],
  [-1, '0 B'],
])('%d bytes are %s', (bytes, text) => expect(memoryText(bytes).replace('1.0', '1')).toBe(text));

test.each([
  [0.25, '0.25'],
  [0.0004, '0'],
  [12.34, '12.3'],
])('%d cores are %s', (cores, text) => expect(coresText(cores)).toBe(text));

test('a part is said of the whole, where there is one', () => {
  expect(ofText(1, 4, coresText)).toBe('1 of 4 (25 %)');
  expect(ofText(1, 0, coresText)).toBe('1');
});
