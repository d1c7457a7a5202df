import type { Informer } from '#host/kube/informer.ts';
import type { Named } from '#host/kube/object-store.ts';
import { withDates } from '#host/kube/wire-dates.ts';
import { parseWorkspace } from '#host/kube/workspace-object.ts';
import { byWorkspace } from '#host/kube/world.ts';
import type { World, WorldListener, WorldState } from '#host/kube/world.ts';
import type { Log } from '#host/observability/log.ts';
import { labels } from '#contract/workspace.ts';
import type { Plural } from './api/stored.ts';
import { createSimulatedInformer } from './simulated-informer.ts';
import type { SimulatedInformerOptions } from './simulated-informer.ts';

export type Surroundings = Omit<SimulatedInformerOptions<Named>, 'plural' | 'label' | 'parse' | 'log'>;

/** The live view of one simulated process. */
export function createSimulatedWorld(surroundings: Surroundings, log: Log): World {
  const workload = <T extends Named>(plural: Plural, index?: (object: T) => string | undefined): Informer<T> =>
    createSimulatedInformer<T>({
      ...surroundings,
      log,
      plural,
      label: labels.managed,
      parse: (object) => ({ value: withDates(object as T) }),
      ...(index === undefined ? {} : { index }),
    });
  const needed = {
    workspaces: createSimulatedInformer({ ...surroundings, log, plural: 'workspaces', parse: parseWorkspace }),
    deployments: workload('deployments'),
    services: workload('services'),
    pods: workload('pods', byWorkspace),
  } satisfies Partial<World>;
  const optional = {
    claims: workload('persistentvolumeclaims'),
    secrets: workload('secrets'),
    ingresses: workload('ingresses'),
    policies: workload('networkpolicies'),
    events: workload('events'),
  } satisfies Partial<World>;
  const all = [...Object.values(needed), ...Object.values(optional)];
  const worst = (): WorldState => {
    const states = Object.values(needed).map((informer) => informer.state);
    if (states.includes('offline')) return 'offline';
    return states.includes('syncing') ? 'syncing' : 'online';
  };
  const listeners = new Set<WorldListener>();
  let state: WorldState = 'syncing';
  for (const informer of Object.values(needed)) {
    informer.onState((_state, error) => {
      if (worst() === state) return;
      state = worst();
      for (const listener of listeners) listener(state, error);
    });
  }
  return {
    ...needed,
    ...optional,
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
    synced: async () => {
      await Promise.all(all.map((informer) => informer.synced()));
    },
    stop: async () => {
      await Promise.all(all.map((informer) => informer.stop()));
    },
  };
}
