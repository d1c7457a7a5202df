import { backoffDelay } from '../kube/backoff.ts';
import { systemClock } from '../kube/clock.ts';
import type { Clock } from '../kube/clock.ts';

/** What a queue tells of its work, for metrics. */
export interface QueueObserver {
  /** An item came in that was not waiting already. */
  added(): void;
  /** An item was put off: after a failure, or because it asked for it. */
  retried(): void;
  /** How long an item waited for its turn, in seconds. */
  waited(seconds: number): void;
  /** How long it took, in seconds. */
  worked(seconds: number): void;
}

export interface QueueOptions {
  /** Brings one item to its desired state. A rejection is tried again after a back-off; a number means "again in so many ms". */
  work: (key: string, signal: AbortSignal) => Promise<number | undefined>;
  /** Told of every rejection, with the number of failures in a row and the wait before the next try in ms. */
  onError: (key: string, error: unknown, failures: number, retryInMs: number) => void;
  concurrency?: number;
  observer?: QueueObserver | undefined;
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
/**
 * News of an item are a reason to try again at once. When it has failed this often in a row, they may be its own doing (a refusal
 * that is worded differently each time makes another status, which is news), and it is tried again at most once a second.
 */
const suspicious = { failures: 5, everyMs: 1_000 };

export function createQueue(options: QueueOptions): Queue {
  const { work, onError, concurrency = 4, observer, clock = systemClock, random } = options;
  /** Each with the time since when it waits. */
  const waiting = new Map<string, number>();
  const busy = new Map<string, Promise<void>>();
  /** Wanted again while being done. */
  const again = new Set<string>();
  const failures = new Map<string, number>();
  const timers = new Map<string, { due: number; cancel: () => void }>();
  const ending = new AbortController();
  let started = false;

  const cancelTimer = (key: string): void => {
    timers.get(key)?.cancel();
    timers.delete(key);
  };
  const addAfter = (key: string, milliseconds: number): void => {
    cancelTimer(key);
    observer?.retried();
    const cancel = clock.after(milliseconds, () => {
      timers.delete(key);
      put(key);
    });
    timers.set(key, { due: clock.now() + milliseconds, cancel });
  };
  const run = async (key: string): Promise<void> => {
    const began = clock.now();
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
    } finally {
      observer?.worked((clock.now() - began) / 1000);
    }
  };
  const fill = (): void => {
    if (!started || ending.signal.aborted) return;
    for (const [key, since] of waiting) {
      if (busy.size >= concurrency) return;
      waiting.delete(key);
      observer?.waited((clock.now() - since) / 1000);
      const done = run(key).finally(() => {
        busy.delete(key);
        if (again.delete(key)) add(key);
        fill();
      });
      busy.set(key, done);
    }
  };
  const add = (key: string): void => {
    const failing = (failures.get(key) ?? 0) >= suspicious.failures;
    if (!failing || busy.has(key)) put(key);
    else if ((timers.get(key)?.due ?? 0) > clock.now() + suspicious.everyMs) addAfter(key, suspicious.everyMs);
  };
  const put = (key: string): void => {
    if (ending.signal.aborted) return;
    cancelTimer(key);
    if (waiting.has(key) || again.has(key)) return;
    observer?.added();
    if (busy.has(key)) again.add(key);
    else waiting.set(key, clock.now());
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
