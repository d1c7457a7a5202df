import { systemClock } from '../../kube/clock.ts';
import type { Clock } from '../../kube/clock.ts';
import type { World } from '../../kube/world.ts';
import { unwatched } from '../../proxy/traffic.ts';
import type { Traffic } from '../../proxy/traffic.ts';
import { Evidence } from './evidence.ts';
import type { Reason } from './evidence.ts';
import { watchForward } from './watch-forward.ts';
import { watchTerminal } from './watch-terminal.ts';
import type { TerminalWatch } from './watch-terminal.ts';
import { watchExchange } from './watch-traffic.ts';
import type { Watcher } from './watch-traffic.ts';

export interface Use {
  /** To be told of all traffic to workspaces. */
  traffic: Traffic;
  /** A program is started in a workspace, for somebody who is there. */
  terminal(id: string): TerminalWatch;
  /** What keeps a workspace awake, as far as this host has seen. */
  reasonOf(id: string): Reason | undefined;
  stop(): void;
}

export interface UseOptions {
  workspaces: Pick<World['workspaces'], 'get' | 'onChange'>;
  /** Somebody uses the workspace right now. Called often. */
  used: (id: string) => void;
  clock?: Pick<Clock, 'now'>;
}

/** Watches the traffic to the workspaces there are, and tells when one is in use. */
export function createUse({ workspaces, used, clock = systemClock }: UseOptions): Use {
  const seen = new Map<string, Evidence>();
  const end = workspaces.onChange(({ type, object }) => {
    if (type === 'delete') seen.delete(object.metadata.name);
  });
  const watcherOf = (id: string): Watcher => {
    const evidence = seen.get(id) ?? new Evidence();
    seen.set(id, evidence);
    return { evidence, clock, used: () => used(id) };
  };
  // Also what is only reached through a workspace's form of address: nobody's idleness is judged there.
  const isKnown = (id: string): boolean => workspaces.get(id) !== undefined;
  return {
    traffic: {
      begin: (id, facts) => (isKnown(id) ? watchExchange(watcherOf(id), facts) : unwatched),
      forward: (id, port) => (isKnown(id) ? watchForward(watcherOf(id), port) : unwatched),
    },
    terminal: (id) => watchTerminal(watcherOf(id)),
    reasonOf: (id) => seen.get(id)?.reason,
    stop() {
      end();
      seen.clear();
    },
  };
}
