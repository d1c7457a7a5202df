import type { HostEvent } from '#contract/events.ts';

type Snapshot = Extract<HostEvent, { type: 'snapshot' }>;
type Change = Exclude<HostEvent, Snapshot>;

/** A watcher that is further behind than this is given the whole world again instead. */
const maxBehind = 256;

interface Watcher {
  queue: Change[];
  /** It has fallen behind: what it missed is in the next snapshot. */
  stale: boolean;
  wake: () => void;
}

export interface EventFeed {
  publish(change: Change): void;
  /** Everything changed at once: every watcher gets a snapshot next. */
  reset(): void;
  /** A snapshot, then every change since, in order, until `signal` is aborted or the feed is closed. */
  watch(signal: AbortSignal | undefined): AsyncGenerator<HostEvent, void, void>;
  close(): void;
}

/** Tells any number of watchers what happens, each at its own pace and with bounded memory. */
export function createEventFeed(snapshot: () => Omit<Snapshot, 'type'>): EventFeed {
  const watchers = new Set<Watcher>();
  const closing = new AbortController();

  async function* watch(signal: AbortSignal | undefined): AsyncGenerator<HostEvent, void, void> {
    const watcher: Watcher = { queue: [], stale: true, wake: () => undefined };
    const ended = signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    const onEnd = (): void => watcher.wake();
    watchers.add(watcher);
    ended.addEventListener('abort', onEnd);
    try {
      while (!ended.aborted) {
        if (watcher.stale) {
          // Taken and cleared in one turn: nothing can happen in between and be missed or told twice.
          watcher.stale = false;
          watcher.queue = [];
          yield { type: 'snapshot', ...snapshot() };
          continue;
        }
        const next = watcher.queue.shift();
        if (next === undefined) await new Promise<void>((resolve) => (watcher.wake = resolve));
        else yield next;
      }
    } finally {
      ended.removeEventListener('abort', onEnd);
      watchers.delete(watcher);
    }
  }

  return {
    watch,
    publish(change) {
      for (const watcher of watchers) {
        if (watcher.stale) continue;
        if (watcher.queue.length >= maxBehind) {
          watcher.stale = true;
          watcher.queue = [];
        } else {
          // Of progress only the latest counts.
          const last = watcher.queue.at(-1);
          if (change.type === 'cluster' && last?.type === 'cluster') watcher.queue.pop();
          watcher.queue.push(change);
        }
        watcher.wake();
      }
    },
    reset() {
      for (const watcher of watchers) {
        watcher.stale = true;
        watcher.queue = [];
        watcher.wake();
      }
    },
    close() {
      closing.abort();
    },
  };
}
