import { type KubeConfig, type V1Pod, Watch } from '@kubernetes/client-node';
import type { Moments } from './figures.ts';

type PodMoments = Pick<Moments, 'podCreated' | 'scheduled' | 'started' | 'ready'>;

/**
 * Watches the pods of a namespace and notes when each thing was first seen here. The times in the objects themselves
 * would be truer, but they are whole seconds.
 */
export async function watchPods(config: KubeConfig, namespace: string): Promise<PodWatch> {
  const seen = new Map<string, Partial<Record<keyof PodMoments, number>>>();
  const note = (pod: V1Pod): void => {
    const name = pod.metadata?.name ?? '';
    const moments = seen.get(name) ?? {};
    seen.set(name, moments);
    const now = performance.now();
    moments.podCreated ??= now;
    if (hasCondition(pod, 'PodScheduled')) moments.scheduled ??= now;
    if (pod.status?.containerStatuses?.[0]?.state?.running !== undefined) moments.started ??= now;
    if (hasCondition(pod, 'Ready')) moments.ready ??= now;
  };
  let failure: unknown;
  const controller = await new Watch(config).watch(
    `/api/v1/namespaces/${namespace}/pods`,
    {},
    (_type, pod: V1Pod) => note(pod),
    (error: unknown) => (failure = error),
  );
  return {
    of(name, start) {
      if (failure instanceof Error && failure.name !== 'AbortError') throw failure;
      const { podCreated, scheduled, started, ready } = seen.get(name) ?? {};
      if (podCreated === undefined || scheduled === undefined || started === undefined || ready === undefined)
        return undefined;
      return {
        podCreated: podCreated - start,
        scheduled: scheduled - start,
        started: started - start,
        ready: ready - start,
      };
    },
    [Symbol.dispose]: () => controller.abort(),
  };
}

export interface PodWatch extends Disposable {
  /** The moments of a pod relative to `start` (a `performance.now()`), once all of them were seen. */
  of(name: string, start: number): PodMoments | undefined;
}

function hasCondition(pod: V1Pod, type: string): boolean {
  return pod.status?.conditions?.some((condition) => condition.type === type && condition.status === 'True') === true;
}
