import type { Entry } from './entry.ts';
import { notice } from './entry.ts';
import { createRing } from './ring.ts';
import type { Ring } from './ring.ts';

/** How much one hub may hold, and when a reader is too slow. */
export interface HubLimits {
  /** All that is kept, in about bytes. */
  ringBytes: number;
  /** How far it reads ahead of the fastest reader: behind that the kubelet waits, whose file holds the rest. */
  aheadBytes: number;
  /** How long a reader may take for one batch, in ms. */
  stallMs: number;
  /** How long it goes on without any, in ms: whoever connects anew finds all that came meanwhile. */
  lingerMs: number;
}

export const usualLimits: HubLimits = { ringBytes: 8 << 20, aheadBytes: 1 << 20, stallMs: 60_000, lingerMs: 30_000 };

interface Follower {
  next: number;
  /** When it was given a batch that it has not come back from. */
  busySince: number | undefined;
  isDropped: boolean;
}

/** One reading of a container's log, for any number of readers. */
export interface Hub {
  readonly ring: Ring;
  /** How many of the last lines at its beginning it has read for certain. */
  readonly reach: number;
  /** Once the first entries are there, so that a tail can be taken of them; rejects with why there are none. */
  begun(): Promise<void>;
  /**
   * Entries from a number on, then all that come. One that is too slow is told so and ends; it may come back with its last position.
   * Ends with the log, rejects as it does.
   */
  read(from: number, signal: AbortSignal): AsyncGenerator<Entry[], void, void>;
  close(): void;
}

const batchSize = 256;

/**
 * Reads `entries` once and hands them to everyone, each at their own pace and with bounded memory. `hasTail`: they begin with one. `onEnd` is called when there is
 * nothing more to be had of it.
 */
export function createHub(
  entries: (signal: AbortSignal) => AsyncGenerator<Entry[], void, void>,
  { reach, hasTail, limits, onEnd }: { reach: number; hasTail: boolean; limits: HubLimits; onEnd: () => void },
): Hub {
  const ring = createRing(limits.ringBytes);
  const closing = new AbortController();
  const followers = new Set<Follower>();
  const begun = Promise.withResolvers<void>();
  // Whoever waits for it hears of it; nobody need.
  begun.promise.catch(() => undefined);
  /** The furthest that any reader has come. */
  let frontier = 0;
  let wakers: (() => void)[] = [];
  let end: { error?: unknown } | undefined;
  let linger: NodeJS.Timeout | undefined;

  const wake = (): void => {
    const woken = wakers;
    wakers = [];
    for (const one of woken) one();
  };
  const change = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        signal.removeEventListener('abort', done);
        resolve();
      };
      signal.addEventListener('abort', done, { once: true });
      wakers.push(done);
    });

  async function pump(): Promise<void> {
    let isTail = hasTail;
    for await (const batch of entries(closing.signal)) {
      for (const entry of batch) {
        ring.push(entry);
        // A tail comes at once, and fits.
        if (!isTail && ring.sizeSince(frontier) > limits.aheadBytes) {
          wake();
          await roomAhead();
        }
      }
      isTail = false;
      begun.resolve();
      wake();
      await roomAhead();
    }
  }

  async function roomAhead(): Promise<void> {
    while (!closing.signal.aborted && ring.sizeSince(frontier) > limits.aheadBytes) await change(closing.signal);
  }

  function finish(outcome: { error?: unknown }): void {
    end ??= outcome;
    if ('error' in outcome) begun.reject(outcome.error);
    else begun.resolve();
    clearInterval(watch);
    close();
    wake();
  }

  function close(): void {
    clearTimeout(linger);
    onEnd();
    closing.abort();
  }

  function lingerOn(): void {
    linger = setTimeout(close, limits.lingerMs);
    linger.unref();
  }

  /** A reader that has all of what there is for as long as it likes keeps nobody waiting; one in the middle of a batch may. */
  const watch = setInterval(() => {
    for (const one of followers)
      if (one.busySince !== undefined && Date.now() - one.busySince > limits.stallMs) one.isDropped = true;
  }, limits.stallMs / 4);
  watch.unref();

  function join(from: number): Follower {
    clearTimeout(linger);
    frontier = Math.max(frontier, from);
    const follower: Follower = { next: from, busySince: undefined, isDropped: false };
    followers.add(follower);
    return follower;
  }

  function leave(follower: Follower): void {
    followers.delete(follower);
    if (followers.size === 0 && end === undefined) lingerOn();
  }

  lingerOn();
  pump().then(
    () => finish({}),
    (error: unknown) => finish(closing.signal.aborted ? {} : { error }),
  );

  return {
    ring,
    reach,
    begun: () => begun.promise,
    async *read(from, signal) {
      const follower = join(from);
      try {
        while (!signal.aborted) {
          if (follower.isDropped || follower.next < ring.first) {
            yield [
              notice('dropped', 'This reader was too slow; whoever asks again from its last line misses nothing.'),
            ];
            return;
          }
          const batch = ring.from(follower.next, batchSize);
          if (batch.length > 0) {
            follower.busySince = Date.now();
            yield batch;
            follower.busySince = undefined;
            follower.next += batch.length;
            if (follower.next > frontier) {
              frontier = follower.next;
              wake();
            }
          } else if (end !== undefined) {
            if ('error' in end) throw end.error;
            return;
          } else await change(signal);
        }
      } finally {
        leave(follower);
      }
    },
    close,
  };
}
