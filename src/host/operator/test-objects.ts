import type { V1ContainerStatus, V1Deployment, V1Pod, V1PodCondition } from '@kubernetes/client-node';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';

/** For unit tests: objects as the API server would have them, with only what matters said. */
export function aWorkspace(
  spec: Partial<WorkspaceSpec> = {},
  metadata: Partial<Workspace['metadata']> = {},
): Workspace {
  return {
    metadata: { name: 'ws', namespace: 'dev', uid: 'uid-ws', resourceVersion: '1', generation: 1, ...metadata },
    spec: { image: 'ghcr.io/owner/image:1', ...spec },
  };
}

export function aPod(
  options: {
    conditions?: Record<string, 'True' | 'False'>;
    reason?: string;
    message?: string;
    container?: Partial<V1ContainerStatus>;
    name?: string;
    created?: string;
    deleted?: boolean;
  } = {},
): V1Pod {
  const conditions: V1PodCondition[] = Object.entries(options.conditions ?? {}).map(([type, status]) => ({
    type,
    status,
    ...(options.reason === undefined ? {} : { reason: options.reason }),
    ...(options.message === undefined ? {} : { message: options.message }),
  }));
  const container: V1ContainerStatus = {
    name: 'workspace',
    image: 'i',
    imageID: '',
    ready: false,
    restartCount: 0,
    ...options.container,
  };
  return {
    metadata: {
      name: options.name ?? 'pod',
      creationTimestamp: new Date(options.created ?? '2026-01-01T00:00:00Z'),
      ...(options.deleted === true ? { deletionTimestamp: new Date(0) } : {}),
    },
    spec: { nodeName: 'node1', containers: [] },
    status: { conditions, ...(options.container === undefined ? {} : { containerStatuses: [container] }) },
  };
}

export function aDeployment(status: NonNullable<V1Deployment['status']> = {}): V1Deployment {
  return { metadata: { name: 'ws', generation: 1 }, status: { observedGeneration: 1, ...status } };
}

/** A container that waits, in the kubelet's words. */
export function waiting(reason: string, message?: string): Partial<V1ContainerStatus> {
  return { state: { waiting: { reason, ...(message === undefined ? {} : { message }) } } };
}
