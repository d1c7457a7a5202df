import type { V1Pod } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import { chooseOwnPod } from '../resolve/choose-pod.ts';

/**
 * How a pod stands that a request went to:
 * - `serving`: the next request would go to it, too
 * - `passed over`: the next would not, although it is there: it is not ready, or another one is newer
 * - `leaving`: it is gone, being deleted, or has ended
 */
export type PodStanding = 'serving' | 'passed over' | 'leaving';

export function standingOf(uid: string, workspace: Workspace | undefined, pods: readonly V1Pod[]): PodStanding {
  const pod = pods.find(({ metadata }) => metadata?.uid === uid);
  const phase = pod?.status?.phase;
  const isLeaving = pod?.metadata?.deletionTimestamp !== undefined || phase === 'Failed' || phase === 'Succeeded';
  if (pod === undefined || isLeaving) return 'leaving';
  const chosen = workspace === undefined ? undefined : chooseOwnPod(workspace, pods);
  return chosen?.metadata?.uid === uid ? 'serving' : 'passed over';
}
