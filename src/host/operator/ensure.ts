import type { V1ObjectMeta } from '@kubernetes/client-node';
import type { GuildNetError } from '#contract/errors.ts';
import type { Failure } from '#contract/workspace.ts';
import { apply, readLive, withHash } from '../kube/apply.ts';
import type { Applicable } from '../kube/apply.ts';
import { hasAnotherAuthor } from '../kube/authorship.ts';
import type { OperatorKube } from '../kube/clients.ts';
import { fromKubeError } from '../kube/errors.ts';
import { withDates } from '../kube/wire-dates.ts';
import type { Ensured, EnsureContext, Reserve } from './ensured.ts';
import { ownerOf } from './desired/ownership.ts';
import { nameTaken, writeFailure } from './failures/own-writes.ts';
import { putRight, versionOf, written } from './put-right.ts';

type Owned = Applicable & { metadata?: V1ObjectMeta };

/** Deletions are events and bring us back by themselves; this is for what we do not watch. */
const predecessorMs = 1_000;
const foreignMs = 30_000;

/**
 * Makes one object be what is desired and writes only when it is not. What the cache does not know is read first, since a
 * stranger's object carries no label of ours; such an object is not touched. The first write takes nothing over by force, so
 * that losing a race against a stranger ends in a conflict or, where no field is in both, in a merger that is undone at once
 * (docs/decisions/0010). Later writes do, and are bound to the very version that was found to be ours. What others make another
 * again and again is put right once and then let be (docs/decisions/0027).
 */
export async function ensure<T extends Owned>(
  desired: T,
  cached: T | undefined,
  context: EnsureContext,
  reserve: Reserve<T>,
): Promise<Ensured<T>> {
  const { kube, workspace, log, signal } = context;
  const kind = desired.kind ?? 'object';
  try {
    const wanted = withHash(desired);
    const live = cached ?? (await readOwned(kube, desired, signal));
    const foreign = { failure: nameTaken(kind, desired.metadata?.name ?? ''), waitMs: foreignMs };
    if (live === undefined) {
      const reply = await apply(kube, wanted, { force: false, signal });
      if (hasAnotherAuthor(reply)) {
        await giveBack(kube, wanted, reply as T, signal);
        log.warn({ kind }, 'was made by somebody else at the same moment, and given back');
        return foreign;
      }
      log.info({ kind }, 'created');
      return written(wanted, reply as T, { context, reserve, corrections: [] });
    }
    const owner = ownerOf(live, workspace);
    if (owner === 'predecessor') return { waitMs: predecessorMs };
    if (owner === 'foreign') return foreign;
    // Ours, but being deleted by hand: it is made anew when it is gone, and its going is an event.
    if (live.metadata?.deletionTimestamp !== undefined) return { live };
    return await putRight(wanted, live, { context, reserve });
  } catch (error) {
    return { ...failed(error, `writing the ${kind}`, context), ...(cached === undefined ? {} : { live: cached }) };
  }
}

/** What it means that something could not be done; `doing` is a gerund phrase. Rejects when the work was called off. */
export function failed(
  error: unknown,
  doing: string,
  { workspace, signal }: Pick<EnsureContext, 'workspace' | 'signal'>,
): { error: GuildNetError; failure?: Failure } {
  signal.throwIfAborted();
  const shown = fromKubeError(error, `${doing} of workspace "${workspace.metadata.name}"`);
  const failure = writeFailure(shown);
  return { error: shown, ...(failure === undefined ? {} : { failure }) };
}

/** An object as it is now, whether or not it carries our label; undefined when there is none. Rejects as `readLive` does. */
export async function readOwned<T extends Owned>(
  kube: OperatorKube,
  desired: T,
  signal: AbortSignal,
): Promise<T | undefined> {
  const found = await readLive(kube, desired, signal);
  return found === undefined ? undefined : withDates(found as T);
}

/** Takes what is ours out of an object again: an apply that names no field gives up all of them. */
async function giveBack<T extends Owned>(kube: OperatorKube, wanted: T, merged: T, signal: AbortSignal): Promise<void> {
  const { apiVersion, kind, metadata } = wanted;
  const { uid } = versionOf(merged);
  const identity = { name: metadata?.name, namespace: metadata?.namespace, uid };
  await apply(kube, { apiVersion, kind, metadata: identity }, { force: false, signal });
}
