import type { V1ContainerStateTerminated, V1ContainerStatus, V1Pod, V1PodCondition } from '@kubernetes/client-node';

/** The pod's containers, those that run before the others first. */
export function containerStatuses(pod: V1Pod | undefined): readonly V1ContainerStatus[] {
  return [...(pod?.status?.initContainerStatuses ?? []), ...(pod?.status?.containerStatuses ?? [])];
}

export function podCondition(pod: V1Pod | undefined, type: string): V1PodCondition | undefined {
  return pod?.status?.conditions?.find((one) => one.type === type);
}

export interface Waiting {
  reason: string;
  message: string;
}

/** The first container that waits for one of these reasons, with the kubelet's message. */
export function waitingFor(pod: V1Pod | undefined, reasons: readonly string[]): Waiting | undefined {
  for (const status of containerStatuses(pod)) {
    const waiting = status.state?.waiting;
    if (waiting?.reason !== undefined && reasons.includes(waiting.reason))
      return { reason: waiting.reason, message: waiting.message ?? '' };
  }
  return undefined;
}

export interface Ended extends V1ContainerStateTerminated {
  restarts: number;
  /** It runs again, and has not answered yet. */
  again: boolean;
}

/**
 * How the container ended that does not serve now: in this state, or, while it waits for its next try or has begun it, in
 * the last. A container that ends without an error counts too when it is the workspace's own: nothing serves the IDE then.
 */
export function ended(pod: V1Pod | undefined): Ended | undefined {
  const own = new Set(pod?.status?.containerStatuses ?? []);
  for (const status of containerStatuses(pod)) {
    const { state, lastState, restartCount: restarts } = status;
    const again = state?.running !== undefined && status.started === false;
    const waits = state?.waiting?.reason === 'CrashLoopBackOff';
    const terminated = state?.terminated ?? (waits || again ? lastState?.terminated : undefined);
    if (terminated === undefined) continue;
    if (terminated.exitCode !== 0 || own.has(status)) return { ...terminated, restarts, again };
  }
  return undefined;
}

const startReasons = ['CreateContainerError', 'RunContainerError', 'StartError', 'ContainerCannotRun'];

/** Why the container did not even start: the runtime's words, from before or after the attempt. */
export function startFailure(pod: V1Pod | undefined): string | undefined {
  const waiting = waitingFor(pod, startReasons);
  if (waiting !== undefined) return waiting.message;
  const end = ended(pod);
  return end?.reason !== undefined && startReasons.includes(end.reason) ? (end.message ?? '') : undefined;
}
