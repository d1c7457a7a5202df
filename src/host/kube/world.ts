import type {
  V1Deployment,
  V1Ingress,
  V1NetworkPolicy,
  V1PersistentVolumeClaim,
  V1Pod,
  V1Secret,
  V1Service,
} from '@kubernetes/client-node';
import { labels, workspacePlural } from '#contract/workspace.ts';
import type { Log } from '../observability/log.ts';
import { composeWorld } from './compose-world.ts';
import { parseEvent } from './event-object.ts';
import type { ObservedEvent } from './event-object.ts';
import { createInformer } from './informer.ts';
import type { Informer, InformerOptions } from './informer.ts';
import type { Kube } from './clients.ts';
import type { Named } from './object-store.ts';
import type { ReplicaSetMeta } from './own-pods.ts';
import { withDates } from './wire-dates.ts';
import type { World } from './world-view.ts';
import { parseWorkspace } from './workspace-object.ts';
import type { ObservedWorkspace } from './workspace-object.ts';
import { workspacePaths } from './workspace-paths.ts';

export type { World } from './world-view.ts';

/** By the id label, which names the workspace. */
export function byWorkspace({ metadata }: V1Pod): string | undefined {
  return metadata?.labels?.[labels.id];
}

function byTopic({ about }: ObservedEvent): string {
  return about.uid;
}

/** Two of every workspace are there, and what is in them is in its Deployment. */
function ownersOnly(object: unknown): { value: ReplicaSetMeta } {
  const { name, uid, resourceVersion, labels: own, ownerReferences } = (object as ReplicaSetMeta).metadata;
  return {
    value: { metadata: { name, uid, resourceVersion, labels: own, ownerReferences } as ReplicaSetMeta['metadata'] },
  };
}

/** How often it is asked whether what was refused or missing is there now. */
const optional = { retryMs: 30_000 };

/** Nothing is watched before `start`. Of the workloads only those that carry our label are seen. */
export function createWorld(kube: Kube, log: Log): World {
  const managed = `${labels.managed}=true`;
  const workload = <T extends Named>(
    what: string,
    prefix: string,
    more?: Partial<Pick<InformerOptions<T>, 'optional' | 'index' | 'parse'>>,
  ): Informer<T> =>
    createInformer<T>({
      rest: kube.rest,
      what,
      collection: { path: `${prefix}/namespaces/${kube.namespace}/${what}`, labelSelector: managed },
      parse: (object) => ({ value: withDates(object as T) }),
      log,
      ...more,
    });
  const workspaces = createInformer<ObservedWorkspace>({
    rest: kube.rest,
    what: workspacePlural,
    collection: { path: workspacePaths(kube.namespace).collection },
    parse: parseWorkspace,
    log,
  });
  const deployments = workload<V1Deployment>('deployments', '/apis/apps/v1');
  const services = workload<V1Service>('services', '/api/v1');
  const pods = workload<V1Pod>('pods', '/api/v1', { index: byWorkspace });
  const replicaSets = workload<ReplicaSetMeta>('replicasets', '/apis/apps/v1', { optional, parse: ownersOnly });
  const claims = workload<V1PersistentVolumeClaim>('persistentvolumeclaims', '/api/v1', { optional });
  const secrets = workload<V1Secret>('secrets', '/api/v1', { optional });
  const ingresses = workload<V1Ingress>('ingresses', '/apis/networking.k8s.io/v1', { optional });
  const policies = workload<V1NetworkPolicy>('networkpolicies', '/apis/networking.k8s.io/v1', { optional });
  const events = createInformer<ObservedEvent>({
    rest: kube.rest,
    what: 'events',
    collection: { path: `/api/v1/namespaces/${kube.namespace}/events`, fieldSelector: 'type=Warning' },
    parse: parseEvent,
    index: byTopic,
    log,
    optional,
  });
  return composeWorld(
    { workspaces, deployments, services, pods },
    { replicaSets, claims, secrets, ingresses, policies, events },
  );
}
