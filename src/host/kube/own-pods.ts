import type { V1Deployment, V1ObjectMeta, V1OwnerReference, V1Pod } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';

/** A ReplicaSet, as far as it says who made it. */
export interface ReplicaSetMeta {
  metadata: Pick<V1ObjectMeta, 'name' | 'uid' | 'resourceVersion' | 'labels' | 'ownerReferences'>;
}

export interface PodOwners {
  workspace: { metadata: { name: string; uid: string } };
  /** The Deployment of the workspace's name. */
  deployment: Pick<V1Deployment, 'metadata'> | undefined;
  /** The ReplicaSet of a name, or undefined where the cluster does not let us see any. */
  replicaSet: ((name: string) => ReplicaSetMeta | undefined) | undefined;
}

const hashLabel = 'pod-template-hash';

function controllerOf(metadata: V1ObjectMeta | undefined): V1OwnerReference | undefined {
  return metadata?.ownerReferences?.find((reference) => reference.controller === true);
}

/**
 * Those of `pods` that are the workspace's own: controlled by a ReplicaSet that is controlled by a Deployment that is controlled by
 * this very Workspace, by uid at each step. The label alone is what anybody may put on a pod of theirs, and a controller by its name
 * is what anybody may write there; the uid of a ReplicaSet of ours takes one in that the Deployment controller counts as its own.
 * Where ReplicaSets cannot be seen, a name that only the Deployment controller makes has to do: the Deployment's, and the hash of
 * the pod's template. (https://kubernetes.io/docs/concepts/overview/working-with-objects/owners-dependents/) Pure.
 */
export function ownPods({ workspace, deployment, replicaSet }: PodOwners, pods: readonly V1Pod[]): V1Pod[] {
  const { name, uid } = workspace.metadata;
  const deploymentUid = deployment?.metadata?.uid;
  if (deploymentUid === undefined || controllerOf(deployment?.metadata)?.uid !== uid) return [];
  return pods.filter(({ metadata }) => {
    const set = controllerOf(metadata);
    if (metadata?.labels?.[labels.id] !== name || set?.kind !== 'ReplicaSet') return false;
    if (replicaSet === undefined) return set.name === `${name}-${metadata.labels[hashLabel] ?? ''}`;
    const known = replicaSet(set.name);
    return known?.metadata.uid === set.uid && controllerOf(known.metadata)?.uid === deploymentUid;
  });
}
