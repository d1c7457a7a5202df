import { composeWorld } from '#host/kube/compose-world.ts';
import type { Informer } from '#host/kube/informer.ts';
import type { Named } from '#host/kube/object-store.ts';
import { withDates } from '#host/kube/wire-dates.ts';
import { parseWorkspace } from '#host/kube/workspace-object.ts';
import { byWorkspace } from '#host/kube/world.ts';
import type { World } from '#host/kube/world.ts';
import type { Log } from '#host/observability/log.ts';
import { labels } from '#contract/workspace.ts';
import type { Plural } from './api/stored.ts';
import { createSimulatedInformer } from './simulated-informer.ts';
import type { SimulatedInformerOptions } from './simulated-informer.ts';

export type Surroundings = Omit<SimulatedInformerOptions<Named>, 'plural' | 'label' | 'parse' | 'log'>;

/** ReplicaSets are no objects of the simulation: its pods are believed by the name of theirs. */
function unavailable(): World['replicaSets'] {
  const end = (): void => undefined;
  return {
    list: () => [],
    get: () => undefined,
    byIndex: () => [],
    state: 'unavailable',
    problem: undefined,
    onChange: () => end,
    onState: () => end,
    start: end,
    stop: async () => undefined,
    synced: async () => undefined,
  };
}

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
  return composeWorld(
    {
      workspaces: createSimulatedInformer({ ...surroundings, log, plural: 'workspaces', parse: parseWorkspace }),
      deployments: workload('deployments'),
      services: workload('services'),
      pods: workload('pods', byWorkspace),
    },
    {
      replicaSets: unavailable(),
      claims: workload('persistentvolumeclaims'),
      secrets: workload('secrets'),
      ingresses: workload('ingresses'),
      policies: workload('networkpolicies'),
      events: workload('events'),
    },
  );
}
