import { Watch } from '@kubernetes/client-node';
import type { KubeConfig, KubernetesObject, V1Deployment, V1Pod } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';
import type { Case } from './cases.ts';

/** When a bare watch first saw that Kubernetes knows of a workspace's failure, as `performance.now()`. */
export interface FirstSight extends Disposable {
  of(workspace: string): number | undefined;
}

/** Watches pods and Deployments of a namespace. `cases` says which case each workspace is. */
export async function watchFirstSight(
  config: KubeConfig,
  namespace: string,
  cases: ReadonlyMap<string, Case>,
): Promise<FirstSight> {
  const seen = new Map<string, number>();
  const ending = new AbortController();
  let failure: unknown;
  const note = ({ metadata }: KubernetesObject, isKnown: (one: Case) => boolean): void => {
    const name = metadata?.labels?.[labels.id] ?? '';
    const found = cases.get(name);
    if (found !== undefined && !seen.has(name) && isKnown(found)) seen.set(name, performance.now());
  };
  const watch = async (path: string, tell: Parameters<Watch['watch']>[2]): Promise<void> => {
    const controller = await new Watch(config).watch(path, {}, tell, (error: unknown) => (failure ??= error));
    ending.signal.addEventListener('abort', () => controller.abort());
  };
  await watch(`/api/v1/namespaces/${namespace}/pods`, (_type, pod: V1Pod) =>
    note(pod, ({ knownBy }) => 'pod' in knownBy && knownBy.pod(pod)),
  );
  await watch(`/apis/apps/v1/namespaces/${namespace}/deployments`, (_type, deployment: V1Deployment) =>
    note(deployment, ({ knownBy }) => 'deployment' in knownBy && knownBy.deployment(deployment)),
  );
  return {
    of(workspace) {
      if (failure instanceof Error && !ending.signal.aborted) throw failure;
      return seen.get(workspace);
    },
    [Symbol.dispose]: () => ending.abort(),
  };
}
