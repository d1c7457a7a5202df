import { setTimeout as delay } from 'node:timers/promises';
import { getEventMeta } from '@orpc/client';
import { GuildNetError } from '#contract/errors.ts';
import type { LogLine } from '#contract/logs.ts';

export interface FollowOptions {
  /** Asks the host for what comes after an id, or for the last lines. */
  open(lastId: string | undefined, signal: AbortSignal): Promise<AsyncIterable<LogLine>>;
  print(line: LogLine): void;
  /** Says what goes on besides. */
  note(text: string): void;
  signal: AbortSignal;
  /** How long to wait before the host is asked again, in ms. */
  pauseMs?: number;
}

/** Refusals that another try may not meet. */
const passing: ReadonlySet<string> = new Set([
  'upstream_failed',
  'cluster_offline',
  'no_cluster',
  'not_ready',
  'internal',
]);

/**
 * Prints a log until `signal` aborts or the workspace is gone. A stream that ends or breaks is asked for again from its last line on.
 * Throws what the host says to the first question, and later what it says for good.
 */
export async function followLogs({ open, print, note, signal, pauseMs = 1_000 }: FollowOptions): Promise<void> {
  let lastId: string | undefined;
  let isTold = false;
  let hasBegun = false;
  while (!signal.aborted) {
    try {
      for await (const line of await open(lastId, signal)) {
        lastId = getEventMeta(line)?.id ?? lastId;
        isTold = false;
        print(line);
      }
      hasBegun = true;
    } catch (error) {
      if (signal.aborted) return;
      hasBegun ||= lastId !== undefined;
      if (!hasBegun || (error instanceof GuildNetError && !passing.has(error.code))) {
        if (!hasBegun || !(error instanceof GuildNetError) || error.code !== 'not_found') throw error;
        note('The workspace was deleted.');
        return;
      }
      if (!isTold) note(`— ${error instanceof Error ? error.message : 'The connection broke.'} Trying again…`);
      isTold = true;
    }
    await delay(pauseMs, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
