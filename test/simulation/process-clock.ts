import type { Clock } from '#host/kube/clock.ts';

/** The time as one process has it: it stops with the process, and stands still while its machine sleeps. */
export interface ProcessClock extends Clock {
  readonly alive: boolean;
  /** From now on nothing happens in it any more. */
  kill(): void;
  /** Nothing happens in it for so long; what would have, does afterwards. */
  freeze(milliseconds: number): void;
}

export function createProcessClock(time: Clock): ProcessClock {
  let alive = true;
  let frozenUntil = 0;
  return {
    get alive() {
      return alive;
    },
    now: () => time.now(),
    after: (milliseconds, run) => {
      let cancel: () => void;
      const due = (): void => {
        if (!alive) return;
        const left = frozenUntil - time.now();
        if (left > 0) cancel = time.after(left, due);
        else run();
      };
      cancel = time.after(milliseconds, due);
      return () => cancel();
    },
    kill: () => {
      alive = false;
    },
    freeze: (milliseconds) => {
      frozenUntil = time.now() + milliseconds;
    },
  };
}
