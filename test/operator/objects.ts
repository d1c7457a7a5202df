import type { V1Container, V1ContainerStatus, V1Deployment, V1Pod, V1PodCondition } from '@kubernetes/client-node';
import type { Workspace, WorkspaceSpec } from '#contract/workspace.ts';
import type { ObservedEvent } from '#host/kube/event-object.ts';

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
    /** Since when the conditions hold. */
    since?: Date;
    container?: Partial<V1ContainerStatus>;
    probes?: Pick<V1Container, 'startupProbe' | 'readinessProbe'>;
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
    ...(options.since === undefined ? {} : { lastTransitionTime: options.since }),
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
      uid: options.name ?? 'pod',
      creationTimestamp: new Date(options.created ?? '2026-01-01T00:00:00Z'),
      ...(options.deleted === true ? { deletionTimestamp: new Date(0) } : {}),
    },
    spec: { nodeName: 'node1', containers: [{ name: 'workspace', ...options.probes }] },
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

/** Kubernetes' warning about the object with this uid. */
export function aWarning(uid: string, reason: string, message: string, at: Date = new Date(0)): ObservedEvent {
  return {
    metadata: { name: `${uid}.${reason}`, uid: `${uid}-${reason}`, resourceVersion: '1' },
    about: { kind: 'Pod', name: uid, uid },
    reason,
    message,
    at: at.getTime(),
  };
}
