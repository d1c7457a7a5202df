import { systemClock } from '../../kube/clock.ts';
import type { Instant } from './election.ts';

export interface LeaseClock {
  instant(): Instant;
  /** Calls `run` once after `milliseconds`; the returned function takes it back. */
  after(milliseconds: number, run: () => void): () => void;
}

export const systemLeaseClock: LeaseClock = {
  instant: () => ({ monotonic: performance.now(), wall: Date.now() }),
  after: systemClock.after,
};
