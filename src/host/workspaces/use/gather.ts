import type { Clock } from '../../kube/clock.ts';

/** Bytes are looked at once in this time. */
const lookMs = 2_000;

/** Gathers bytes, and hands them on at most once in two seconds. */
export function gather(clock: Pick<Clock, 'now'>, see: (now: number, bytes: number) => void): (bytes: number) => void {
  let gathered = 0;
  let last = clock.now();
  return (bytes) => {
    gathered += bytes;
    const now = clock.now();
    if (now - last < lookMs) return;
    see(now, gathered);
    last = now;
    gathered = 0;
  };
}
