import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { poll } from './poll.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

function stage() {
  const told: string[] = [];
  const state = { isHidden: false, next: (): Promise<string> => Promise.resolve('value') };
  let asked = 0;
  const polling = poll({
    load: () => {
      asked += 1;
      return state.next();
    },
    onValue: (value) => told.push(value),
    onProblem: (error) => told.push(String(error)),
    pauseMs: 5_000,
    isHidden: () => state.isHidden,
  });
  return { told, state, polling, asked: () => asked };
}

test('asks at once, then after each pause, until it is stopped', async () => {
  const { told, polling } = stage();
  await vi.advanceTimersByTimeAsync(11_000);
  expect(told).toEqual(['value', 'value', 'value']);
  polling.stop();
  await vi.advanceTimersByTimeAsync(60_000);
  expect([told.length, vi.getTimerCount()]).toEqual([3, 0]);
});

test('a failure is told, and asked over', async () => {
  const { told, state } = stage();
  state.next = () => Promise.reject(new Error('no'));
  await vi.advanceTimersByTimeAsync(6_000);
  expect(told).toEqual(['value', 'Error: no']);
});

test('while nobody looks nothing is asked', async () => {
  const { state, asked } = stage();
  state.isHidden = true;
  await vi.advanceTimersByTimeAsync(60_000);
  expect(asked()).toBe(1);
  state.isHidden = false;
  await vi.advanceTimersByTimeAsync(5_000);
  expect(asked()).toBe(2);
});

test('one question at a time, and what is wanted meanwhile comes right after it', async () => {
  const { state, polling, asked } = stage();
  await vi.advanceTimersByTimeAsync(0);
  const { promise, resolve } = Promise.withResolvers<string>();
  state.next = () => promise;
  polling.now();
  polling.now();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked()).toBe(2);
  resolve('late');
  await vi.advanceTimersByTimeAsync(1);
  expect(asked()).toBe(3);
});

test('what comes after it was stopped is not told', async () => {
  const { told, state, polling } = stage();
  await vi.advanceTimersByTimeAsync(0);
  const { promise, resolve } = Promise.withResolvers<string>();
  state.next = () => promise;
  polling.now();
  polling.stop();
  resolve('late');
  await vi.advanceTimersByTimeAsync(10_000);
  expect(told).toEqual(['value']);
});
