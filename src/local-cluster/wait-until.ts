import { setTimeout as delay } from 'node:timers/promises';
import { GuildNetError } from '#contract/errors.ts';

export interface WaitOptions {
  /** What is awaited, for the error text: "kube-apiserver to answer". */
  what: string;
  timeoutMs: number;
  intervalMs?: number;
  signal?: AbortSignal | undefined;
  remedy?: string;
  /** Asked at the deadline for the last thing known about the cause. */
  explain?: () => Promise<string> | string;
}

/**
 * Polls `condition` until it yields something other than `undefined` or `false`, and returns that.
 * An exception ends the wait at once: a condition that merely does not hold yet returns `undefined`.
 *
 * @throws GuildNetError `timeout` when the deadline passes.
 */
export async function waitUntil<T>(
  condition: () => Promise<T | undefined | false> | T | undefined | false,
  options: WaitOptions,
): Promise<T> {
  const deadline = performance.now() + options.timeoutMs;
  for (;;) {
    options.signal?.throwIfAborted();
    const value = await condition();
    if (value !== undefined && value !== false) return value;
    if (performance.now() > deadline) {
      const reason = options.explain === undefined ? '' : await options.explain();
      const seconds = Math.round(options.timeoutMs / 1000);
      throw new GuildNetError(
        'timeout',
        `Waited ${seconds} s for ${options.what} in vain.${reason === '' ? '' : `\n${reason}`}`,
        options.remedy === undefined ? {} : { remedy: options.remedy },
      );
    }
    await delay(options.intervalMs ?? 50, undefined, options.signal === undefined ? {} : { signal: options.signal });
  }
}
