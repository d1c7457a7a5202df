import { wishOf } from '#contract/run-mode.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import type { Change } from '../kube/object-store.ts';
import type { Informer } from '../kube/informer.ts';

/**
 * Tells how many seconds each workspace took from its creation until it was ready for the first time. Both are taken from when
 * they were seen here, because the API server's own times are whole seconds; what was there already is left out.
 * Returns the function that ends it.
 */
export function watchLaunches(
  workspaces: Pick<Informer<ObservedWorkspace>, 'list' | 'onChange'>,
  launched: (seconds: number) => void,
  now: () => number = () => performance.now(),
): () => void {
  /** By uid: the time of creation in ms, or undefined when there is nothing (more) to measure. */
  const known = new Map<string, number | undefined>();
  for (const { metadata } of workspaces.list()) known.set(metadata.uid, undefined);
  return workspaces.onChange(({ type, object }: Change<ObservedWorkspace>) => {
    const { uid } = object.metadata;
    if (type === 'delete') {
      known.delete(uid);
      return;
    }
    if (!known.has(uid)) known.set(uid, wishOf(object.spec) !== 'Running' || isReady(object) ? undefined : now());
    const since = known.get(uid);
    if (since === undefined || !isReady(object)) return;
    known.set(uid, undefined);
    launched((now() - since) / 1000);
  });
}

function isReady({ status }: ObservedWorkspace): boolean {
  return status?.conditions?.some(({ type, status: holds }) => type === 'Ready' && holds === 'True') ?? false;
}
