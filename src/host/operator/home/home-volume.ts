import type { V1EnvVar, V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import type { Workspace } from '#contract/workspace.ts';
import { givenHome, homePath } from './home-path.ts';

/** The home's name among the volumes of the pod. */
const volumeName = 'home';

/** The claim that holds a workspace's home. Its name does not change over the life of the workspace, or over a restore. */
export function homeClaimName(workspace: string): string {
  return `${workspace}-home`;
}

export interface HomeVolume {
  volumes: V1Volume[];
  volumeMounts: V1VolumeMount[];
  /** What makes the program take it for its home; nothing where its person says what that is. */
  variables: V1EnvVar[];
}

/**
 * How the workspace's pod has its home: the claim, or a folder that goes with the pod, at the path that HOME then names. An image that
 * was made by root has `/` for HOME, where nobody may write, and one whose home is somewhere else would not use the volume; what an
 * image says cannot be seen from here (docs/decisions/0024). A person's own HOME without a volume is left alone.
 */
export function homeVolume({ metadata, spec }: Workspace): HomeVolume {
  const given = givenHome(spec);
  if (spec.home === undefined && given !== undefined) return { volumes: [], volumeMounts: [], variables: [] };
  const mountPath = homePath(spec);
  const source =
    spec.home === undefined ? { emptyDir: {} } : { persistentVolumeClaim: { claimName: homeClaimName(metadata.name) } };
  return {
    volumes: [{ name: volumeName, ...source }],
    volumeMounts: [{ name: volumeName, mountPath }],
    variables: given === undefined ? [{ name: 'HOME', value: mountPath }] : [],
  };
}
