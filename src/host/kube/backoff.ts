export interface BackoffOptions {
  baseMs: number;
  maxMs: number;
}

/**
 * The wait before try number `failures + 1`: doubled with every failure up to `maxMs`, of which a random half is left
 * out, so that many who failed together do not come back together. `random` yields [0, 1).
 */
export function backoffDelay(
  failures: number,
  { baseMs, maxMs }: BackoffOptions,
  random: () => number = Math.random,
): number {
  // 2 ** 60 is beyond every limit and still a finite number.
  const full = Math.min(maxMs, baseMs * 2 ** Math.min(60, Math.max(0, failures - 1)));
  return full * (1 - random() / 2);
}
