import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import type { WorkspaceSpec } from '#contract/workspace.ts';

/** Its name among the volumes of the pod. */
const volumeName = 'shared-memory';

/**
 * Room at /dev/shm, where a container has 64 MB of its own: browsers, databases and data loaders die of that. It counts as the
 * container's memory, so the limit of that is the limit here; without one it is the node's.
 */
export function sharedMemory({ resources }: Pick<WorkspaceSpec, 'resources'>): {
  volume: V1Volume;
  mount: V1VolumeMount;
} {
  const limit = resources?.limits?.['memory'];
  return {
    volume: {
      name: volumeName,
      emptyDir: { medium: 'Memory', ...(limit === undefined ? {} : { sizeLimit: limit }) },
    },
    mount: { name: volumeName, mountPath: '/dev/shm' },
  };
}
