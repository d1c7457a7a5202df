import { GuildNetError } from '#contract/errors.ts';
import type { Entry } from './entry.ts';
import type { Start } from './follow-container.ts';
import type { Hubs } from './follow-log.ts';
import { createHub } from './hub.ts';
import type { Hub, HubLimits } from './hub.ts';

type Entries = AsyncGenerator<Entry[], void, void>;

/** All hubs of one connection to a cluster. */
export interface AllHubs {
  /** Reads the log of one container, by a key of its own. Throws `overloaded` where too many are read already. */
  follow(
    key: string,
    read: (start: Start, signal: AbortSignal) => Entries,
    join: (hubs: Hubs) => Promise<Entries>,
  ): Promise<Entries>;
  readonly size: number;
  close(): void;
}

/** Each may hold a ring, and is a connection to the API server. */
const mostHubs = 256;

export function createHubs(limits: HubLimits): AllHubs {
  const shared = new Map<string, Hub>();
  const all = new Set<Hub>();

  return {
    follow(key, read, join) {
      return join({
        shared: () => shared.get(key),
        share: (hub) => shared.set(key, hub),
        open(start) {
          if (all.size >= mostHubs) {
            throw new GuildNetError('overloaded', 'Too many logs are followed at the same time.', {
              remedy: 'Close some of them, and try again.',
            });
          }
          const hub = createHub((signal) => read(start, signal), {
            reach: start.after === undefined && !start.previous ? start.tail : 0,
            hasTail: start.after === undefined,
            limits,
            onEnd: () => {
              all.delete(hub);
              if (shared.get(key) === hub) shared.delete(key);
            },
          });
          all.add(hub);
          if (!shared.has(key)) shared.set(key, hub);
          return hub;
        },
      });
    },
    get size() {
      return all.size;
    },
    close() {
      for (const hub of all) hub.close();
    },
  };
}
