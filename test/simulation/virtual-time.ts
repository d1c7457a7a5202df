import type { Clock } from '#host/kube/clock.ts';

/** Time that passes only when told to, from one event to the next: an hour of waiting takes no time at all. */
export interface VirtualTime extends Clock {
  /** Lets everything happen that is due until then, each event to its very end before the next, and sets the clock to it. */
  runUntil(time: number): Promise<void>;
}

interface Timer {
  at: number;
  order: number;
  run: () => void;
}

export function createVirtualTime(start: number): VirtualTime {
  /** Latest first, so that the next one is taken off the end. */
  const timers: Timer[] = [];
  let now = start;
  let order = 0;
  let events = 0;

  const insert = (timer: Timer): void => {
    let low = 0;
    let high = timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const other = timers[middle];
      // Of those due at the same time the one set first comes first.
      if (other !== undefined && (other.at > timer.at || (other.at === timer.at && other.order > timer.order)))
        low = middle + 1;
      else high = middle;
    }
    timers.splice(low, 0, timer);
  };
  return {
    now: () => now,
    after: (milliseconds, run) => {
      const timer: Timer = { at: now + Math.max(0, milliseconds), order, run };
      order += 1;
      insert(timer);
      return () => {
        const index = timers.indexOf(timer);
        if (index >= 0) timers.splice(index, 1);
      };
    },
    runUntil: async (time) => {
      for (let timer = timers.at(-1); timer !== undefined && timer.at <= time; timer = timers.at(-1)) {
        timers.pop();
        now = timer.at;
        events += 1;
        if (events > mostEvents) throw new Error(`nothing has come to rest after ${mostEvents} events`);
        timer.run();
        await settled();
      }
      now = time;
    },
  };
}

/** A run has thousands: one with more goes round in circles. */
const mostEvents = 200_000;

/** Resolves when every promise that can go on has done so: Node empties that queue before it comes to this one. */
function settled(): Promise<void> {
  return new Promise((resolve) => process.nextTick(resolve));
}
