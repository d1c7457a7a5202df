import type { GuildNetError } from '#contract/errors.ts';
import { labels } from '#contract/workspace.ts';
import type { InformerState } from './informer.ts';
import { ownPods } from './own-pods.ts';
import type { World, WorldListener, WorldState } from './world-view.ts';

/** What nothing works without. */
export type NeededInformers = Pick<World, 'workspaces' | 'deployments' | 'services' | 'pods'>;
/** What a workspace can do without. */
export type OptionalInformers = Pick<World, 'replicaSets' | 'claims' | 'secrets' | 'ingresses' | 'policies' | 'events'>;

/** Puts the informers of one namespace together; its state is the worst of those that are needed. */
export function composeWorld(needed: NeededInformers, optional: OptionalInformers): World {
  const decisive = Object.values(needed);
  const all = [...decisive, ...Object.values(optional)];
  const listeners = new Set<WorldListener>();
  let state: WorldState = 'syncing';
  let problem: string | undefined;
  const follow = (error: GuildNetError | undefined): void => {
    const next = worst(decisive.map((informer) => informer.state));
    if (next === state && error?.code === problem) return;
    // While one is still offline, another's recovery is no news.
    if (next === 'offline' && error === undefined) return;
    state = next;
    problem = error?.code;
    for (const listener of listeners) listener(next, error);
  };
  for (const informer of decisive) informer.onState((_state, error) => follow(error));
  return {
    ...needed,
    ...optional,
    podsOf: (name) => {
      const workspace = needed.workspaces.get(name);
      if (workspace === undefined) return [];
      const { replicaSets } = optional;
      const replicaSet = replicaSets.state === 'unavailable' ? undefined : replicaSets.get;
      return ownPods({ workspace, deployment: needed.deployments.get(name), replicaSet }, needed.pods.byIndex(name));
    },
    onPods: (listener) => {
      const tell = ({ object }: { object: { metadata?: { labels?: Record<string, string> } } }): void => {
        const name = object.metadata?.labels?.[labels.id];
        if (name !== undefined) listener(name);
      };
      const ends = [needed.pods, needed.deployments, optional.replicaSets].map((one) => one.onChange(tell));
      return () => {
        for (const end of ends) end();
      };
    },
    get state() {
      return state;
    },
    onState: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    start: () => {
      for (const informer of all) informer.start();
    },
    synced: async (signal) => {
      await Promise.all(all.map((informer) => informer.synced(signal)));
    },
    stop: async () => {
      await Promise.all(all.map((informer) => informer.stop()));
    },
  };
}

function worst(states: readonly InformerState[]): WorldState {
  if (states.includes('offline')) return 'offline';
  return states.includes('syncing') ? 'syncing' : 'online';
}
