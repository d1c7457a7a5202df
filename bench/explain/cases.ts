import type { V1Deployment, V1Pod } from '@kubernetes/client-node';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { localImages } from '#local-cluster/images.ts';

/** One way to fail, and what Kubernetes shows when it knows of it. */
export interface Case {
  /** What GuildNet calls it. */
  reason: string;
  spec: WorkspaceSpec;
  knownBy: { pod: (pod: V1Pod) => boolean } | { deployment: (deployment: V1Deployment) => boolean };
}

const image = localImages.shell;
const statuses = (pod: V1Pod) => pod.status?.containerStatuses ?? [];
const waits = (reason: string) => ({
  pod: (pod: V1Pod) => statuses(pod).some(({ state }) => state?.waiting?.reason === reason),
});
const ended = {
  pod: (pod: V1Pod) =>
    statuses(pod).some(({ state, lastState }) => (state?.terminated ?? lastState?.terminated) !== undefined),
};

/** Those that are told at once. What every start passes through, a port that is not open yet, is given time on purpose. */
export const cases: readonly Case[] = [
  { reason: 'RegistryUnreachable', spec: { image: '127.0.0.1:9/x:1' }, knownBy: waits('ErrImagePull') },
  {
    reason: 'ConfigMissing',
    spec: { image, env: [{ name: 'A', valueFrom: { secretKeyRef: { name: 'absent', key: 'k' } } }] },
    knownBy: waits('CreateContainerConfigError'),
  },
  { reason: 'WrongCommand', spec: { image, command: ['/nope'] }, knownBy: ended },
  { reason: 'CrashLoop', spec: { image, command: ['/bin/sh', '-c', 'exit 3'] }, knownBy: ended },
  {
    reason: 'InsufficientCpu',
    spec: { image, resources: { requests: { cpu: '900' } } },
    knownBy: {
      pod: ({ status }) =>
        status?.conditions?.some((one) => one.type === 'PodScheduled' && one.status === 'False') === true,
    },
  },
  {
    reason: 'ServiceAccountMissing',
    spec: { image, serviceAccountName: 'not-there' },
    knownBy: {
      deployment: ({ status }) =>
        status?.conditions?.some((one) => one.type === 'ReplicaFailure' && one.status === 'True') === true,
    },
  },
];
