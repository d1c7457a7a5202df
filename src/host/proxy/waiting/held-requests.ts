import type { Clock } from '../../kube/clock.ts';

export interface HeldRequestsOptions {
  /** Whether there is no more reason to wait: it can be reached, or never will. */
  isOver(id: string): boolean;
  /** Calls back whenever that may have changed. Returns the function that ends it. */
  onChange(id: string, listener: () => void): () => void;
  clock: Clock;
}

export interface HeldRequests {
  /** How many wait for it now. */
  count(id: string): number;
  /** Resolves when waiting is over, `ms` have passed, or the signal says that the client has left. Never rejects. */
  wait(id: string, ms: number, signal: AbortSignal): Promise<void>;
}

/** Requests that wait for a workspace: one look at the world for all of them at each change, and nothing left behind by any. */
export function createHeldRequests({ isOver, onChange, clock }: HeldRequestsOptions): HeldRequests {
  const waiting = new Map<string, { end: () => void; releases: Set<() => void> }>();

  function join(id: string, release: () => void): void {
    const others = waiting.get(id);
    if (others !== undefined) {
      others.releases.add(release);
      return;
    }
    const releases = new Set([release]);
    const end = onChange(id, () => {
      if (isOver(id)) for (const each of [...releases]) each();
    });
    waiting.set(id, { end, releases });
  }

  function leave(id: string, release: () => void): void {
    const others = waiting.get(id);
    if (others?.releases.delete(release) !== true || others.releases.size > 0) return;
    others.end();
    waiting.delete(id);
  }

  return {
    count: (id) => waiting.get(id)?.releases.size ?? 0,
    wait(id, ms, signal) {
      if (signal.aborted || isOver(id)) return Promise.resolve();
      return new Promise((resolve) => {
        const release = (): void => {
          cancel();
          signal.removeEventListener('abort', release);
          leave(id, release);
          resolve();
        };
        const cancel = clock.after(ms, release);
        signal.addEventListener('abort', release);
        join(id, release);
      });
    },
  };
}
