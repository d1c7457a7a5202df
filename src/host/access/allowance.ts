/** A token bucket: says whether one more of something may happen now. */
export interface Allowance {
  take(): boolean;
}

/**
 * At most `burst` at once and, over time, one per `refillMs`. `now` yields milliseconds and never goes back.
 */
export function createAllowance(burst: number, refillMs: number, now: () => number): Allowance {
  let tokens = burst;
  let counted = now();
  return {
    take() {
      const earned = Math.floor((now() - counted) / refillMs);
      tokens = Math.min(burst, tokens + earned);
      counted += earned * refillMs;
      if (tokens === 0) return false;
      tokens -= 1;
      return true;
    },
  };
}
