import type {
  V1Container,
  V1ContainerStateTerminated,
  V1ContainerStatus,
  V1Pod,
  V1PodCondition,
} from '@kubernetes/client-node';
import { containerName } from '../desired/container-name.ts';

/** The workspace's own container: admission may have put others before it and behind it. */
export function ownStatus(pod: V1Pod | undefined): V1ContainerStatus | undefined {
  return pod?.status?.containerStatuses?.find((one) => one.name === containerName);
}

export function ownContainer(pod: V1Pod | undefined): V1Container | undefined {
  return pod?.spec?.containers.find((one) => one.name === containerName);
}

export function podCondition(pod: V1Pod | undefined, type: string): V1PodCondition | undefined {
  return pod?.status?.conditions?.find((one) => one.type === type);
}

export interface Waiting {
  reason: string;
  message: string;
}

/** Whether the workspace's container waits for one of these reasons, with the kubelet's message. */
export function waitingFor(pod: V1Pod | undefined, reasons: readonly string[]): Waiting | undefined {
  const waiting = ownStatus(pod)?.state?.waiting;
  if (waiting?.reason === undefined || !reasons.includes(waiting.reason)) return undefined;
  return { reason: waiting.reason, message: waiting.message ?? '' };
}

export interface Ended extends V1ContainerStateTerminated {
  restarts: number;
  /** It runs again, and has not answered yet. */
  again: boolean;
}

/** How the workspace's container ended, if it does not serve now. */
export function ended(pod: V1Pod | undefined): Ended | undefined {
  return endOf(ownStatus(pod));
}

/** How a container ended that does not serve now: in this state, or, while it waits for its next try or has begun it, in the last. */
export function endOf(status: V1ContainerStatus | undefined): Ended | undefined {
  if (status === undefined) return undefined;
  const { state, lastState, restartCount: restarts } = status;
  const again = state?.running !== undefined && status.started === false;
  const waits = state?.waiting?.reason === 'CrashLoopBackOff';
  const terminated = state?.terminated ?? (waits || again ? lastState?.terminated : undefined);
  return terminated === undefined ? undefined : { ...terminated, restarts, again };
}

const startReasons = ['CreateContainerError', 'RunContainerError', 'StartError', 'ContainerCannotRun'];

/** Why the container did not even start: the runtime's words, from before or after the attempt. */
export function startFailure(pod: V1Pod | undefined): string | undefined {
  const waiting = waitingFor(pod, startReasons);
  if (waiting !== undefined) return waiting.message;
  const end = ended(pod);
  return end?.reason !== undefined && startReasons.includes(end.reason) ? (end.message ?? '') : undefined;
}
