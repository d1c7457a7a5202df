import { expect, test } from 'vitest';
import { cpuSecondsIn } from './process-cpu.ts';

test('user and system time are told from a line whose name is any text', () => {
  const rest = 'S 1 10 10 0 -1 4194560 100 0 0 0 250 50 7 8 20 0 11 0 12345 1000 200';
  expect(cpuSecondsIn(`10 (node) ${rest}`)).toBe(3);
  expect(cpuSecondsIn(`10 (a) b (c) ${rest}`)).toBe(3);
});
