import type {
  V1Deployment,
  V1Ingress,
  V1NetworkPolicy,
  V1PersistentVolumeClaim,
  V1Pod,
  V1Secret,
  V1Service,
} from '@kubernetes/client-node';
import type { GuildNetError } from '#contract/errors.ts';
import type { ObservedEvent } from './event-object.ts';
import type { Informer, InformerState } from './informer.ts';
import type { ReplicaSetMeta } from './own-pods.ts';
import type { ObservedWorkspace } from './workspace-object.ts';

export type WorldState = Exclude<InformerState, 'unavailable'>;
export type WorldListener = (state: WorldState, error?: GuildNetError) => void;

/** The live view of one namespace that operator, workspaces service and proxy share. */
export interface World {
  readonly workspaces: Informer<ObservedWorkspace>;
  readonly deployments: Informer<V1Deployment>;
  readonly services: Informer<V1Service>;
  /** All that carry our label, whoever made them; indexed by the workspace that they name. */
  readonly pods: Informer<V1Pod>;
  /** From here on optional: a user who may not see them, or a cluster without them, still has workspaces. */
  /** Who made the pods. */
  readonly replicaSets: Informer<ReplicaSetMeta>;
  readonly claims: Informer<V1PersistentVolumeClaim>;
  readonly secrets: Informer<V1Secret>;
  readonly ingresses: Informer<V1Ingress>;
  readonly policies: Informer<V1NetworkPolicy>;
  /** Kubernetes' own warnings about anything in the namespace: the only place that some reasons are ever told. Indexed by the uid that they are about. */
  readonly events: Informer<ObservedEvent>;
  /** A workspace's pods that are really its own (`own-pods.ts`). */
  podsOf(workspace: string): readonly V1Pod[];
  /** Every change after which `podsOf` may answer otherwise, by the workspace that is named. Returns the function that ends it. */
  onPods(listener: (workspace: string) => void): () => void;
  /** The worst of those that nothing works without: offline if one is, syncing until all have listed. */
  readonly state: WorldState;
  onState(listener: WorldListener): () => void;
  start(): void;
  synced(signal?: AbortSignal): Promise<void>;
  stop(): Promise<void>;
}
