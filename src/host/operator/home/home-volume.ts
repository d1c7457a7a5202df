import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import { homePath } from './home-path.ts';

/** The home's name among the volumes of the pod. */
const volumeName = 'home';

/** The claim that holds a workspace's home. Its name does not change over the life of the workspace, or over a restore. */
export function homeClaimName(workspace: string): string {
  return `${workspace}-home`;
}

/** How the workspace's pod mounts its home; undefined when it has none. */
export function homeVolume(workspace: Workspace): { volumes: V1Volume[]; volumeMounts: V1VolumeMount[] } | undefined {
  const { metadata, spec } = workspace;
  if (spec.home === undefined) return undefined;
  return {
    volumes: [{ name: volumeName, persistentVolumeClaim: { claimName: homeClaimName(metadata.name) } }],
    volumeMounts: [{ name: volumeName, mountPath: homePath(spec) }],
  };
}
