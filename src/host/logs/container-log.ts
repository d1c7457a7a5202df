import type { V1ContainerStatus, V1Pod } from '@kubernetes/client-node';
import { containerName } from '../operator/desired/container-name.ts';

/** What of a container's log the kubelet can give now. */
export interface Instance {
  /** How many containers there were before it in its pod. */
  restart: number;
  /** Whether there is anything to read: before it has started there is not. */
  readable: boolean;
  /** It will print nothing more. */
  ended: boolean;
  /** Whether the container before it can be read, too. */
  hasPrevious: boolean;
  /** Whether the kubelet gives anything for `previous`: of one that waits for its next try, that is the one that has ended. */
  hasLast: boolean;
}

function statusOf({ status }: V1Pod, container: string): V1ContainerStatus | undefined {
  const all = [
    ...(status?.containerStatuses ?? []),
    ...(status?.initContainerStatuses ?? []),
    ...(status?.ephemeralContainerStatuses ?? []),
  ];
  return all.find(({ name }) => name === container);
}

/**
 * The container of a name as it is now in a pod. One that waits for its next try is the one that has ended: the kubelet gives its log
 * then (https://kubernetes.io/docs/concepts/cluster-administration/logging/).
 */
export function instanceOf(pod: V1Pod, container: string): Instance {
  const status = statusOf(pod, container);
  const { running, terminated } = status?.state ?? {};
  const last = status?.lastState?.terminated;
  const waits = running === undefined && terminated === undefined;
  return {
    restart: status?.restartCount ?? 0,
    readable: !waits || last !== undefined,
    ended: running === undefined && (terminated ?? last) !== undefined,
    hasPrevious: last !== undefined && !waits,
    hasLast: last !== undefined,
  };
}

/** The names of all containers of a pod that have logs: the workspace's own first, then others, as they are in the pod. */
export function containersOf(pod: V1Pod | undefined): string[] {
  const { containers = [], initContainers = [], ephemeralContainers = [] } = pod?.spec ?? {};
  const names = [...containers, ...initContainers, ...ephemeralContainers].map(({ name }) => name);
  const others = names.filter((name) => name !== containerName);
  return [containerName, ...others];
}

/** From the oldest to the newest; of one age, by name, so that the order stays. */
function byAge(pods: readonly V1Pod[]): V1Pod[] {
  const age = ({ metadata }: V1Pod): number => metadata?.creationTimestamp?.getTime() ?? 0;
  const name = ({ metadata }: V1Pod): string => metadata?.name ?? '';
  return pods.toSorted((one, other) => age(one) - age(other) || (name(one) < name(other) ? -1 : 1));
}

/** The pod whose log is shown now: the newest. */
export function newestPod(pods: readonly V1Pod[]): V1Pod | undefined {
  return byAge(pods).at(-1);
}

/** The pod to go on with: the one that was read, while it is there and not at its end, and after it the next younger. */
export function nextPod(pods: readonly V1Pod[], read: string | undefined, finished: boolean): V1Pod | undefined {
  const sorted = byAge(pods);
  const at = sorted.findIndex(({ metadata }) => metadata?.uid === read);
  if (at === -1) return sorted.at(-1);
  return finished ? (sorted[at + 1] ?? sorted[at]) : sorted[at];
}
