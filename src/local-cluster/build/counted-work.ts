import type { Progress } from '#contract/progress.ts';

/** Work that consists of a known number of parts, most of a kind. */
export interface CountedWork {
  /** One more part has begun: what to report of the whole. */
  next(): Pick<Progress, 'done' | 'total' | 'secondsLeft'>;
}

/** Of so many parts the first ones, which a guess at the rest would rest on, tell too little. */
const enough = 0.05;

/**
 * Counts parts of `total`, and guesses how long the rest takes from how long those before took; `now` in milliseconds. A total that
 * turns out too small grows with what is counted.
 */
export function countedWork(total: number, now: () => number): CountedWork {
  const began = now();
  let begun = 0;
  return {
    next() {
      begun += 1;
      const all = Math.max(total, begun);
      const done = begun - 1;
      const guess =
        done < all * enough ? {} : { secondsLeft: Math.round(((now() - began) / done / 1_000) * (all - done)) };
      return { done, total: all, ...(done === 0 ? {} : guess) };
    },
  };
}
