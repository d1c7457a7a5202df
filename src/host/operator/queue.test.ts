import { afterEach, describe, expect, test } from 'vitest';
import { createQueue } from './queue.ts';
import { handClock } from '#test/hand-clock.ts';
import type { Queue } from './queue.ts';

/** Lets everything that is already settled be seen. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) await Promise.resolve();
};

function setting(work: (key: string, signal: AbortSignal) => Promise<number | undefined>, concurrency?: number) {
  const clock = handClock();
  const retries: number[] = [];
  const queue = createQueue({
    work,
    onError: (_key, _error, _failures, wait) => retries.push(wait),
    clock,
    random: () => 0,
    ...(concurrency === undefined ? {} : { concurrency }),
  });
  queues.push(queue);
  return { clock, retries, queue };
}

const queues: Queue[] = [];
afterEach(async () => {
  await Promise.all(queues.splice(0).map((queue) => queue.stop()));
});

describe('the work queue', () => {
  test('does nothing before it is started, and each item once however often it was added', async () => {
    const done: string[] = [];
    const { queue } = setting(async (key) => {
      done.push(key);
      return undefined;
    });
    for (const key of ['a', 'b', 'a', 'a']) queue.add(key);
    await settle();
    expect(done).toEqual([]);
    expect(queue.depth).toBe(2);
    queue.start();
    await settle();
    expect(done).toEqual(['a', 'b']);
    expect(queue.depth).toBe(0);
  });

  test('never does an item twice at a time, and does it again when it was added meanwhile', async () => {
    const gates: (() => void)[] = [];
    let atOnce = 0;
    let most = 0;
    const { queue } = setting(async () => {
      atOnce += 1;
      most = Math.max(most, atOnce);
      await new Promise<void>((resolve) => gates.push(resolve));
      atOnce -= 1;
      return undefined;
    });
    queue.start();
    queue.add('a');
    for (let turn = 0; turn < 5; turn += 1) queue.add('a');
    expect(gates).toHaveLength(1);
    gates[0]?.();
    await settle();
    expect(gates).toHaveLength(2);
    gates[1]?.();
    await settle();
    expect(gates).toHaveLength(2);
    expect(most).toBe(1);
  });

  test('does no more than `concurrency` items at a time', async () => {
    const gates = new Map<string, () => void>();
    const { queue } = setting(async (key) => new Promise((resolve) => gates.set(key, () => resolve(undefined))), 2);
    queue.start();
    for (const key of ['a', 'b', 'c']) queue.add(key);
    expect([...gates.keys()]).toEqual(['a', 'b']);
    gates.get('a')?.();
    await settle();
    expect([...gates.keys()]).toEqual(['a', 'b', 'c']);
    for (const open of gates.values()) open();
  });

  test('backs off from 5 ms to 1000 s while an item fails, and forgets that when it succeeds', async () => {
    let fails = true;
    const { queue, clock, retries } = setting(async () => {
      if (fails) throw new Error('no');
      return undefined;
    });
    queue.start();
    queue.add('a');
    for (let turn = 0; turn < 20; turn += 1) {
      await settle();
      clock.advance(1_000_000);
    }
    await settle();
    expect(retries.slice(0, 4)).toEqual([5, 10, 20, 40]);
    expect(retries.at(-1)).toBe(1_000_000);
    fails = false;
    clock.advance(1_000_000);
    await settle();
    expect(clock.pending).toBe(0);
    fails = true;
    queue.add('a');
    await settle();
    expect(retries.at(-1)).toBe(5);
  });

  test('does an item at once that waits for its retry and is added', async () => {
    let runs = 0;
    const { queue, clock } = setting(async () => {
      runs += 1;
      if (runs === 1) throw new Error('no');
      return undefined;
    });
    queue.start();
    queue.add('a');
    await settle();
    queue.add('a');
    await settle();
    expect(runs).toBe(2);
    expect(clock.pending).toBe(0);
  });

  test('a failing item does not hold back others', async () => {
    const done: string[] = [];
    const { queue } = setting(async (key) => {
      if (key === 'bad') throw new Error('no');
      done.push(key);
      return undefined;
    }, 1);
    queue.start();
    for (const key of ['bad', 'a', 'b']) queue.add(key);
    await settle();
    expect(done).toEqual(['a', 'b']);
  });

  test('looks again after the time that the work asked for', async () => {
    let runs = 0;
    const { queue, clock } = setting(async () => {
      runs += 1;
      return runs === 1 ? 30_000 : undefined;
    });
    queue.start();
    queue.add('a');
    await settle();
    clock.advance(29_999);
    await settle();
    expect(runs).toBe(1);
    clock.advance(1);
    await settle();
    expect(runs).toBe(2);
    expect(clock.pending).toBe(0);
  });

  test('stop aborts what is going on, waits for it, and leaves no timer', async () => {
    let ended = false;
    const { queue, clock, retries } = setting(async (key, signal) => {
      if (key === 'failed') throw new Error('no');
      await new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
      await settle();
      ended = true;
      throw new Error('aborted');
    });
    queue.start();
    queue.add('failed');
    queue.add('long');
    await settle();
    expect(clock.pending).toBe(1);
    await queue.stop();
    expect(ended).toBe(true);
    expect(clock.pending).toBe(0);
    expect(retries).toHaveLength(1);
    queue.add('after');
    expect(queue.depth).toBe(0);
  });

  test('news of an item that keeps failing bring it forward to once a second, not to a hot loop', async () => {
    let looks = 0;
    const { queue, clock } = setting(async () => {
      looks += 1;
      throw new Error('never');
    });
    queue.start();
    queue.add('a');
    await settle();
    // Each failure is news of its own making.
    for (let step = 0; step < 600; step += 1) {
      queue.add('a');
      clock.advance(100);
      await settle();
    }
    // Five at once, a few by the back-off while that is short, then one a second for what is left of the minute.
    expect(looks).toBeGreaterThan(50);
    expect(looks).toBeLessThan(75);
  });

  test('tells what it does', async () => {
    const told: string[] = [];
    const observer = {
      added: () => told.push('added'),
      retried: () => told.push('retried'),
      waited: () => told.push('waited'),
      worked: () => told.push('worked'),
    };
    let fails = true;
    const queue = createQueue({
      work: async () => {
        if (fails) throw new Error('once');
        return undefined;
      },
      onError: () => (fails = false),
      observer,
      clock: handClock(),
    });
    queues.push(queue);
    queue.add('a');
    queue.add('a');
    expect(told).toEqual(['added']);
    queue.start();
    await settle();
    queue.add('a');
    await settle();
    expect(told).toEqual(['added', 'waited', 'retried', 'worked', 'added', 'waited', 'worked']);
  });
});
