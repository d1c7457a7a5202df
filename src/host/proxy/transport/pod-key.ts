import type { PodName } from './transport.ts';

/** One text for a pod, to remember something by. */
export function podKey({ namespace, pod }: PodName): string {
  return `${namespace}/${pod}`;
}
