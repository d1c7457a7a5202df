import { setTimeout as delay } from 'node:timers/promises';

/** Resolves after `milliseconds`, or as soon as `signal` aborts: for loops that look at the signal themselves. */
export async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  try {
    await delay(milliseconds, undefined, { signal });
  } catch (error) {
    if (!signal.aborted) throw error;
  }
}
