import { setTimeout as delay } from 'node:timers/promises';
import type { GuildNetError } from '#contract/errors.ts';
import type { World } from '../kube/world.ts';

/** An outage is the live view's to overcome; when it lasts, perhaps the cluster has moved and the configuration says where. */
const lookForMoveEvery = 5_000;

export interface FollowOptions {
  world: Pick<World, 'state' | 'onState'>;
  online(): void;
  offline(failure: GuildNetError): void;
  /** Whether the cluster answers to the configuration as it is now. */
  answers(): Promise<boolean>;
  signal: AbortSignal;
}

/**
 * Tells how a connected cluster fares. Resolves when it is unreachable by the connection there is, but not by a new one;
 * rejects when aborted.
 */
export async function follow({ world, online, offline, answers, signal }: FollowOptions): Promise<void> {
  const isOnline = (): boolean => world.state === 'online';
  let changed = Promise.withResolvers<void>();
  const tell = (failure?: GuildNetError): void => {
    if (isOnline()) online();
    else if (failure !== undefined) offline(failure);
    changed.resolve();
    changed = Promise.withResolvers();
  };
  const onAbort = (): void => changed.resolve();
  const end = world.onState((_state, failure) => tell(failure));
  signal.addEventListener('abort', onAbort);
  try {
    tell();
    for (;;) {
      signal.throwIfAborted();
      if (isOnline()) {
        await changed.promise;
        continue;
      }
      await delay(lookForMoveEvery, undefined, { signal });
      if (isOnline() || !(await answers())) continue;
      await delay(lookForMoveEvery, undefined, { signal });
      if (!isOnline()) return;
    }
  } finally {
    end();
    signal.removeEventListener('abort', onAbort);
  }
}
