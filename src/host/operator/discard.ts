import { remove } from '../kube/apply.ts';
import { fromKubeError, hasStatus } from '../kube/errors.ts';
import type { Surplus } from './desired/surplus.ts';
import type { Ensured, EnsureContext } from './ensured.ts';
import { writeFailure } from './failures/own-writes.ts';

/** Deletes one object that is no longer wanted; one that is gone needs nothing. One that has changed is judged anew. */
export async function discard(object: Surplus, context: EnsureContext): Promise<Ensured<never>> {
  const { kube, workspace, log, signal } = context;
  const { kind } = object;
  try {
    await remove(kube, object, signal);
    log.info({ kind }, 'deleted');
    return {};
  } catch (error) {
    signal.throwIfAborted();
    if (hasStatus(error, 404)) return {};
    const shown = fromKubeError(error, `deleting the ${kind} of workspace "${workspace.metadata.name}"`);
    const failure = writeFailure(shown);
    return { error: shown, ...(failure === undefined ? {} : { failure }) };
  }
}
