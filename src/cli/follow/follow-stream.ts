import { setTimeout as delay } from 'node:timers/promises';
import { getEventMeta } from '@orpc/client';
import { GuildNetError } from '#contract/errors.ts';

export interface FollowStreamOptions<Event extends object> {
  /** Asks the host for what comes after an id, or from the beginning. */
  open(lastId: string | undefined, signal: AbortSignal): Promise<AsyncIterable<Event>>;
  take(event: Event): void;
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
 * Takes the events of a stream until `signal` aborts. One that ends or breaks is asked for again from its last event on. Throws what the
 * host says to the first question, and later what it says for good.
 */
export async function followStream<Event extends object>(options: FollowStreamOptions<Event>): Promise<void> {
  const { open, take, note, signal, pauseMs = 1_000 } = options;
  let lastId: string | undefined;
  let isTold = false;
  let hasBegun = false;
  while (!signal.aborted) {
    try {
      for await (const event of await open(lastId, signal)) {
        lastId = getEventMeta(event)?.id ?? lastId;
        isTold = false;
        hasBegun = true;
        take(event);
      }
      hasBegun = true;
    } catch (error) {
      if (signal.aborted) return;
      if (!hasBegun || (error instanceof GuildNetError && !passing.has(error.code))) throw error;
      if (!isTold) note(`— ${error instanceof Error ? error.message : 'The connection broke.'} Trying again…`);
      isTold = true;
    }
    await delay(pauseMs, undefined, { signal }).catch((error: unknown) => {
      if (!signal.aborted) throw error;
    });
  }
}
