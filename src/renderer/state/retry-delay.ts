const firstMs = 500;
const mostMs = 10_000;

/**
 * How long to wait in milliseconds before connecting to the host again, after `failures` attempts in a row have failed:
 * doubled each time up to ten seconds, then spread over the upper half of it by `random` (0 to 1), so that many pages do
 * not come back to a restarted host in one instant.
 */
export function retryDelayMs(failures: number, random: number): number {
  const full = Math.min(mostMs, firstMs * 2 ** Math.min(Math.max(failures - 1, 0), 16));
  return Math.round(full / 2 + (full / 2) * random);
}
