import type { V1Pod } from '@kubernetes/client-node';

/** Of a workspace's pods the one that serves, if one does: ready and not on its way out. */
export function readyPod(pods: readonly V1Pod[]): V1Pod | undefined {
  return pods.find(
    ({ metadata, status }) =>
      metadata?.deletionTimestamp === undefined &&
      status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') === true,
  );
}
