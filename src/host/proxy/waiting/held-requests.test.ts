import { expect, test } from 'vitest';
import { createHeldRequests } from './held-requests.ts';

function stage() {
  let over = false;
  const listeners = new Set<() => void>();
  const timers = new Set<{ ms: number; run: () => void }>();
  const held = createHeldRequests({
    onChange: (_id, listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    clock: {
      now: () => 0,
      after: (ms, run) => {
        const timer = { ms, run };
        timers.add(timer);
        return () => timers.delete(timer);
      },
    },
  });
  return {
    wait: (signal: AbortSignal, isOver = () => over) => held.wait('w', { isOver, ms: 100, signal }),
    left: () => ({ listeners: listeners.size, timers: timers.size, held: held.count('w') }),
    change: (is: boolean) => {
      over = is;
      for (const listener of [...listeners]) listener();
    },
    timeOut: () => {
      for (const { run } of [...timers]) run();
    },
  };
}

const nothing = { listeners: 0, timers: 0, held: 0 };

test('all of them go on at once when it is there, and share one listener', async () => {
  const it = stage();
  const { signal } = new AbortController();
  const all = [it.wait(signal), it.wait(signal), it.wait(signal)];
  expect(it.left()).toEqual({ listeners: 1, timers: 3, held: 3 });
  it.change(false);
  expect(it.left().held).toBe(3);
  it.change(true);
  await Promise.all(all);
  expect(it.left()).toEqual(nothing);
});

test('nobody waits for what is there', async () => {
  const it = stage();
  it.change(true);
  await it.wait(new AbortController().signal);
  expect(it.left()).toEqual(nothing);
});

test('time ends the wait', async () => {
  const it = stage();
  const waited = it.wait(new AbortController().signal);
  it.timeOut();
  await waited;
  expect(it.left()).toEqual(nothing);
});

test('a client that leaves is let go, and the others are not', async () => {
  const it = stage();
  const leaving = new AbortController();
  const gone = it.wait(leaving.signal);
  const other = it.wait(new AbortController().signal);
  leaving.abort();
  await gone;
  expect(it.left()).toEqual({ listeners: 1, timers: 1, held: 1 });
  it.change(true);
  await other;
  await it.wait(leaving.signal);
  expect(it.left()).toEqual(nothing);
});

test('each may wait for something of its own', async () => {
  const it = stage();
  const { signal } = new AbortController();
  const mine = { is: false };
  const one = it.wait(signal, () => mine.is);
  const other = it.wait(signal);
  mine.is = true;
  it.change(false);
  await one;
  expect(it.left()).toEqual({ listeners: 1, timers: 1, held: 1 });
  it.change(true);
  await other;
  expect(it.left()).toEqual(nothing);
});
