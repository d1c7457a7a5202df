import type { HostEvent } from '#contract/events.ts';
import type { HostClient } from '#contract/routes.ts';
import type { Log } from '#host/observability/log.ts';
import { pause } from '#host/pause.ts';
import { afterEvent, emptyWorld, type World } from './world.ts';

export type WorldListener = (change: { event: HostEvent; before: World; after: World }) => void;

export interface FollowedWorld {
  now(): World;
  /** Calls back after every change. Returns the end of it. */
  onChange(listener: WorldListener): () => void;
  stop(): Promise<void>;
}

/** Follows the host's `watch` in this process, and takes it up again after `againAfterMs` should it ever end. */
export function followWorld(
  client: { readonly host: Pick<HostClient['host'], 'watch'> },
  log: Log,
  againAfterMs = 1_000,
): FollowedWorld {
  const listeners = new Set<WorldListener>();
  const ending = new AbortController();
  let world = emptyWorld;

  function take(event: HostEvent): void {
    const before = world;
    world = afterEvent(world, event);
    for (const listener of listeners) {
      try {
        listener({ event, before, after: world });
      } catch (error) {
        log.error({ err: error, event: event.type }, 'a follower of the world failed');
      }
    }
  }

  async function follow(): Promise<void> {
    while (!ending.signal.aborted) {
      try {
        for await (const event of await client.host.watch(undefined, { signal: ending.signal })) take(event);
      } catch (error) {
        if (!ending.signal.aborted) log.warn({ err: error }, "the host's watch ended; it is taken up again");
      }
      await pause(againAfterMs, ending.signal);
    }
  }
  const following = follow();

  return {
    now: () => world,
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      ending.abort();
      listeners.clear();
      await following;
    },
  };
}
