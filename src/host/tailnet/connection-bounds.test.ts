import { expect, test } from 'vitest';
import { countConnections } from './connection-bounds.ts';

function entered(count: ReturnType<typeof countConnections>, device: string, times: number): number {
  return Array.from({ length: times }, () => count.enter(device)).filter(Boolean).length;
}

test('a device has its share, and no more than what is left to all others', () => {
  const count = countConnections({ perDevice: 8, all: 12 });
  expect(entered(count, 'many', 100)).toBe(6);
  expect(entered(count, 'few', 100)).toBe(3);
  expect(entered(count, 'late', 100)).toBe(2);
  count.leave('many');
  count.leave('many');
  expect(entered(count, 'many', 100)).toBe(0);
  expect(entered(count, 'late', 100)).toBe(1);
});

test('where there is room the bound of one device is its own', () => {
  const count = countConnections({ perDevice: 3, all: 100 });
  expect(entered(count, 'a', 100)).toBe(3);
  expect(entered(count, 'b', 2)).toBe(2);
  count.leave('a');
  expect(entered(count, 'a', 2)).toBe(1);
  count.leave('nobody');
  expect(entered(count, 'b', 2)).toBe(1);
});

test('whoever comes last gets in, however many open without end', () => {
  const count = countConnections({ perDevice: 512, all: 2_048 });
  for (const device of ['a', 'b', 'c', 'd', 'e', 'f']) entered(count, device, 10_000);
  expect(count.enter('last')).toBe(true);
});
