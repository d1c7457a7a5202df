import type { Clock } from '../../kube/clock.ts';

export interface HeldRequestsOptions {
  /** Calls back whenever something about it has changed. Returns the function that ends it. */
  onChange(id: string, listener: () => void): () => void;
  clock: Clock;
}

export interface Hold {
  /** Whether there is no more reason to wait: it can be reached, or never will. */
  isOver(): boolean;
  ms: number;
  /** Says that the client has left. */
  signal: AbortSignal;
}

export interface HeldRequests {
  /** How many wait for it now. */
  count(id: string): number;
  /** Resolves when waiting is over, its time has passed, or the client has left. Never rejects. */
  wait(id: string, hold: Hold): Promise<void>;
}

/** Requests that wait for a workspace: one listener for all of them, and nothing left behind by any. */
export function createHeldRequests({ onChange, clock }: HeldRequestsOptions): HeldRequests {
  const waiting = new Map<string, { end: () => void; looks: Set<() => void> }>();

  function join(id: string, look: () => void): void {
    const others = waiting.get(id);
    if (others !== undefined) {
      others.looks.add(look);
      return;
    }
    const looks = new Set([look]);
    const end = onChange(id, () => {
      for (const each of [...looks]) each();
    });
    waiting.set(id, { end, looks });
  }

  function leave(id: string, look: () => void): void {
    const others = waiting.get(id);
    if (others?.looks.delete(look) !== true || others.looks.size > 0) return;
    others.end();
    waiting.delete(id);
  }

  return {
    count: (id) => waiting.get(id)?.looks.size ?? 0,
    wait(id, { isOver, ms, signal }) {
      if (signal.aborted || ms <= 0 || isOver()) return Promise.resolve();
      return new Promise((resolve) => {
        const release = (): void => {
          cancel();
          signal.removeEventListener('abort', release);
          leave(id, look);
          resolve();
        };
        const look = (): void => {
          if (isOver()) release();
        };
        const cancel = clock.after(ms, release);
        signal.addEventListener('abort', release);
        join(id, look);
      });
    },
  };
}
