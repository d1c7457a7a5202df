import type { Clock } from '#host/kube/clock.ts';

export interface HandClock extends Clock {
  /** Turns it on by so many milliseconds, and does what is due by then. */
  advance(milliseconds: number): void;
  /** What waits for its time. */
  readonly pending: number;
}

/** For unit tests: time that stands still until it is turned. */
export function handClock(): HandClock {
  let now = 0;
  const timers = new Set<{ at: number; run: () => void }>();
  return {
    now: () => now,
    after: (milliseconds: number, run: () => void) => {
      const timer = { at: now + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    advance: (milliseconds: number) => {
      now += milliseconds;
      for (const timer of [...timers].toSorted((a, b) => a.at - b.at)) {
        if (timer.at <= now && timers.delete(timer)) timer.run();
      }
    },
    get pending() {
      return timers.size;
    },
  };
}
