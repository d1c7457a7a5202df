import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { throttle } from './throttle.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('the first is told at once, then the latest of each interval, and never nothing twice', () => {
  const told: number[] = [];
  const tell = throttle((value: number) => told.push(value), 100);
  for (const value of [1, 2, 3]) tell(value);
  expect(told).toEqual([1]);
  vi.advanceTimersByTime(100);
  expect(told).toEqual([1, 3]);
  vi.advanceTimersByTime(1_000);
  tell(4);
  expect(told).toEqual([1, 3, 4]);
});

test('what is cancelled is not told', () => {
  const told: number[] = [];
  const tell = throttle((value: number) => told.push(value), 100);
  tell(1);
  tell(2);
  tell.cancel();
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual([1]);
});
