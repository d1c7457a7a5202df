import type { V1Deployment, V1Pod, V1Service } from '@kubernetes/client-node';
import { labels, workspaceGroup, workspacePlural, workspaceVersion } from '#contract/workspace.ts';
import type { Log } from '../observability/log.ts';
import { createInformer } from './informer.ts';
import type { Informer, InformerState, StateListener } from './informer.ts';
import type { Kube } from './clients.ts';
import type { Named } from './object-store.ts';
import { withDates } from './wire-dates.ts';
import { parseWorkspace } from './workspace-object.ts';
import type { ObservedWorkspace } from './workspace-object.ts';

/** The live view of one namespace that operator, workspaces service and proxy share. */
export interface World {
  readonly workspaces: Informer<ObservedWorkspace>;
  readonly deployments: Informer<V1Deployment>;
  readonly services: Informer<V1Service>;
  readonly pods: Informer<V1Pod>;
  /** The worst of the four: offline if one is, syncing until all have listed. */
  readonly state: InformerState;
  onState(listener: StateListener): () => void;
  start(): void;
  synced(signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}

/** Nothing is watched before `start`. Of the workloads only those that carry our label are seen. */
export function createWorld(kube: Kube, log: Log): World {
  const managed = `${labels.managed}=true`;
  const workload = <T extends Named>(what: string, prefix: string): Informer<T> =>
    createInformer<T>({
      rest: kube.rest,
      what,
      collection: { path: `${prefix}/namespaces/${kube.namespace}/${what}`, labelSelector: managed },
      parse: (object) => ({ value: withDates(object as T) }),
      log,
    });
  const workspaces = createInformer<ObservedWorkspace>({
    rest: kube.rest,
    what: workspacePlural,
    collection: { path: `/apis/${workspaceGroup}/${workspaceVersion}/namespaces/${kube.namespace}/${workspacePlural}` },
    parse: parseWorkspace,
    log,
  });
  const deployments = workload<V1Deployment>('deployments', '/apis/apps/v1');
  const services = workload<V1Service>('services', '/api/v1');
  const pods = workload<V1Pod>('pods', '/api/v1');
  const all = [workspaces, deployments, services, pods] as const;

  const listeners = new Set<StateListener>();
  let state: InformerState = 'syncing';
  let problem: string | undefined;
  for (const informer of all) {
    informer.onState((_state, error) => {
      const next = worst(all.map((one) => one.state));
      if (next === state && error?.code === problem) return;
      // While one is still offline, another's recovery is no news.
      if (next === 'offline' && error === undefined) return;
      state = next;
      problem = error?.code;
      for (const listener of listeners) listener(next, error);
    });
  }
  return {
    workspaces,
    deployments,
    services,
    pods,
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

function worst(states: readonly InformerState[]): InformerState {
  if (states.includes('offline')) return 'offline';
  return states.includes('syncing') ? 'syncing' : 'online';
}
