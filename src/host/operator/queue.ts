import { backoffDelay } from '../kube/backoff.ts';
import { systemClock } from '../kube/clock.ts';
import type { Clock } from '../kube/clock.ts';

export interface QueueOptions {
  /** Brings one item to its desired state. A rejection is tried again after a back-off; a number means "again in so many ms". */
  work: (key: string, signal: AbortSignal) => Promise<number | undefined>;
  /** Told of every rejection, with the number of failures in a row and the wait before the next try in ms. */
  onError: (key: string, error: unknown, failures: number, retryInMs: number) => void;
  concurrency?: number;
  clock?: Clock;
  random?: () => number;
}

/** A level-triggered work queue: it holds names, never events, so that however much happens to an item it is done once more. */
export interface Queue {
  /** Wants the item done. One that is being done is done again afterwards; one that waits for a retry is done at once. */
  add(key: string): void;
  /** Nothing is done before this. */
  start(): void;
  /** Takes nothing more, aborts what is going on and resolves when that has ended. */
  stop(): Promise<void>;
  /** Items that wait or are being done; retries that are not due do not count. */
  readonly depth: number;
}

/** controller-runtime's defaults: the first retry is almost at once, the last ones a quarter of an hour apart. */
const retry = { baseMs: 5, maxMs: 1_000_000 };

export function createQueue(options: QueueOptions): Queue {
  const { work, onError, concurrency = 4, clock = systemClock, random } = options;
  const waiting = new Set<string>();
  const busy = new Map<string, Promise<void>>();
  /** Wanted again while being done. */
  const again = new Set<string>();
  const failures = new Map<string, number>();
  const timers = new Map<string, () => void>();
  const ending = new AbortController();
  let started = false;

  const cancelTimer = (key: string): void => {
    timers.get(key)?.();
    timers.delete(key);
  };
  const addAfter = (key: string, milliseconds: number): void => {
    cancelTimer(key);
    timers.set(
      key,
      clock.after(milliseconds, () => {
        timers.delete(key);
        add(key);
      }),
    );
  };
  const run = async (key: string): Promise<void> => {
    try {
      const next = await work(key, ending.signal);
      failures.delete(key);
      if (next !== undefined && !ending.signal.aborted) addAfter(key, next);
    } catch (error) {
      if (ending.signal.aborted) return;
      const count = (failures.get(key) ?? 0) + 1;
      failures.set(key, count);
      const wait = backoffDelay(count, retry, random);
      addAfter(key, wait);
      onError(key, error, count, wait);
    }
  };
  const fill = (): void => {
    if (!started || ending.signal.aborted) return;
    for (const key of waiting) {
      if (busy.size >= concurrency) return;
      waiting.delete(key);
      const done = run(key).finally(() => {
        busy.delete(key);
        if (again.delete(key)) add(key);
        fill();
      });
      busy.set(key, done);
    }
  };
  const add = (key: string): void => {
    if (ending.signal.aborted) return;
    cancelTimer(key);
    if (busy.has(key)) again.add(key);
    else waiting.add(key);
    fill();
  };

  return {
    add,
    start: () => {
      started = true;
      fill();
    },
    stop: async () => {
      ending.abort();
      for (const key of [...timers.keys()]) cancelTimer(key);
      waiting.clear();
      again.clear();
      await Promise.all(busy.values());
    },
    get depth() {
      return waiting.size + busy.size;
    },
  };
}
