import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import type { Failure } from '#contract/workspace.ts';
import { fromKubeError, hasStatus } from '../../kube/errors.ts';
import type { ObservedWorkspace } from '../../kube/workspace-object.ts';
import type { EnsureContext, Ensured } from '../ensured.ts';
import { writeFailure } from '../failures/own-writes.ts';
import { truceMs } from '../settlement.ts';
import type { LetBe, Settlement } from '../settlement.ts';
import { decideHome } from './decide-home.ts';
import type { HomeStep } from './decide-home.ts';
import { growHome } from './grow-home.ts';
import { laterMark, newClaim, promiseOf, stampOf } from './home-claim.ts';
import { recordOf } from './home-record.ts';
import { homeClaimName } from './home-volume.ts';
import { liveHome } from './live-home.ts';
import type { LiveHome } from './live-home.ts';
import { claimTaken, formerHomeGoing, homeDoomed } from './refusals.ts';

/** How it stands with the home of a Workspace that exists. `live` is its claim. */
export interface KeptHome extends Ensured<V1PersistentVolumeClaim> {
  /** Something is amiss that is no failure: the workspace runs all the same, or will by itself. */
  warning?: Failure;
  /** The Workspace was let go, and is gone by now. */
  released?: true;
  /** There is no home yet, and no pod may be made meanwhile; the claim's going is an event. */
  awaited?: true;
}

export interface HomeContext extends EnsureContext {
  settlement: Settlement;
}

/** Guard, create, adopt, grow: more steps than that are two who undo each other's. */
const maxSteps = 6;
const foreignMs = 30_000;

/**
 * Brings the home of a Workspace to where it shall be: there, marked as used by it, and large enough; and, when the Workspace
 * is being deleted, marked with the time until which it is kept before the Workspace may go. It never deletes anything.
 */
export async function keepHome(context: HomeContext, cached: V1PersistentVolumeClaim | undefined): Promise<KeptHome> {
  const { kube, workspace, signal } = context;
  const { name } = workspace.metadata;
  try {
    return await steps(context, liveHome(kube, name, signal), cached);
  } catch (error) {
    signal.throwIfAborted();
    const shown = fromKubeError(error, `looking after the home of workspace "${name}"`);
    const failure = writeFailure(shown);
    return {
      error: shown,
      ...(failure === undefined ? {} : { failure }),
      ...(cached === undefined ? {} : { live: cached }),
    };
  }
}

async function steps(
  context: HomeContext,
  live: LiveHome,
  cached: V1PersistentVolumeClaim | undefined,
): Promise<KeptHome> {
  const { kube, log, signal } = context;
  let workspace: ObservedWorkspace = context.workspace;
  let claim = cached;
  const { name } = workspace.metadata;
  // What the copy does not know may be there all the same: a stranger's has no label, and ours may be younger than the copy.
  if (claim === undefined && decideHome(workspace, undefined).do !== 'nothing') ({ claim } = await live.readClaim());
  const about = context.settlement.about(name, 'home', workspace.metadata.uid);
  let last = '';
  for (let count = 0; count < maxSteps; count += 1) {
    const step = decideHome(workspace, claim);
    const text = JSON.stringify(step);
    const vain =
      about.recall(text) ?? (text === last && isWrite(step) ? about.keep(text, inVain(step), truceMs) : undefined);
    if (vain !== undefined) return { ...(claim === undefined ? {} : { live: claim }), ...vain };
    last = text;
    const done = (what: string): void => log.info({ step: step.do }, what);
    const kept = claim === undefined ? {} : { live: claim };
    switch (step.do) {
      case 'nothing':
        return kept;
      case 'guard':
        workspace = await live.setGuard(workspace, true);
        break;
      case 'create':
        claim = await createOrRead(live, workspace);
        done('the home was created');
        break;
      case 'adopt':
        claim = await adopt(live, workspace, claim);
        done('the home is used by its workspace');
        break;
      case 'grow': {
        if (claim === undefined) return kept;
        const growth = await growHome({ kube, live, signal }, claim, step.size);
        if ('failure' in growth) return { ...kept, warning: growth.failure };
        if ('pending' in growth) return kept;
        claim = growth.claim;
        done('the home grows');
        break;
      }
      case 'stamp':
        claim = await stamp(live, workspace, claim, step.until);
        done('the home is kept');
        break;
      case 'release':
        await release(live, workspace);
        return { ...kept, released: true };
      case 'refuse':
        return { failure: claimTaken(homeClaimName(name)), waitMs: foreignMs };
      case 'warn':
        return { ...kept, warning: homeDoomed(homeClaimName(name)) };
      case 'await':
        return { warning: formerHomeGoing(homeClaimName(name)), awaited: true };
    }
  }
  // Somebody undoes each step as soon as it is made.
  return { ...(claim === undefined ? {} : { live: claim }), waitMs: foreignMs };
}

function isWrite(step: HomeStep): step is HomeStep & { do: keyof typeof writes } {
  return step.do in writes;
}

/** What each step writes that can come back as if it had not been written. */
const writes = {
  guard: { kind: 'Workspace', path: 'metadata.finalizers' },
  release: { kind: 'Workspace', path: 'metadata.finalizers' },
  adopt: { kind: 'PersistentVolumeClaim', path: 'metadata.annotations' },
  stamp: { kind: 'PersistentVolumeClaim', path: 'metadata.annotations' },
  grow: { kind: 'PersistentVolumeClaim', path: 'spec.resources.requests.storage' },
} as const;

/** The answer to the write was as if it had not been made: only admission can do that. It is tried again in an hour. */
function inVain(step: { do: keyof typeof writes }): LetBe {
  return { contested: [{ ...writes[step.do], by: 'admission' }] };
}

/** Somebody, most likely another host, may have been quicker. */
async function createOrRead(
  live: LiveHome,
  workspace: ObservedWorkspace,
): Promise<V1PersistentVolumeClaim | undefined> {
  try {
    return await live.createClaim(newClaim(workspace));
  } catch (error) {
    if (!hasStatus(error, 409)) throw error;
    const { claim } = await live.readClaim();
    // Not the name then: a quota that changed meanwhile, for one.
    if (claim === undefined) throw error;
    return claim;
  }
}

async function adopt(
  live: LiveHome,
  workspace: ObservedWorkspace,
  claim: V1PersistentVolumeClaim | undefined,
): Promise<V1PersistentVolumeClaim | undefined> {
  if (claim === undefined) return claim;
  const mark = stampOf(claim)?.text;
  return live.patchClaim(claim, {
    annotations: {
      [annotations.homeUser]: workspace.metadata.uid,
      [annotations.homeRetainUntil]: null,
      ...(mark === undefined ? {} : { [annotations.homePromisedUntil]: laterMark(mark, promiseOf(claim)) }),
      [annotations.homeWorkspace]: recordOf(workspace),
    },
  });
}

async function stamp(
  live: LiveHome,
  workspace: ObservedWorkspace,
  claim: V1PersistentVolumeClaim | undefined,
  until: string,
): Promise<V1PersistentVolumeClaim | undefined> {
  if (claim === undefined) return claim;
  const promise = promiseOf(claim);
  return live.patchClaim(claim, {
    annotations: {
      [annotations.homeRetainUntil]: until,
      // A later word has made it void; left there, it would be taken for one that holds at the next look.
      ...(promise === undefined || laterMark(until, promise) === until
        ? {}
        : { [annotations.homePromisedUntil]: null }),
      // A spec that says nothing of a home, or cannot be read, is not what is to be restored with it: the earlier record is.
      ...(workspace.spec.home === undefined ? {} : { [annotations.homeWorkspace]: recordOf(workspace) }),
    },
  });
}

async function release(live: LiveHome, workspace: ObservedWorkspace): Promise<void> {
  try {
    await live.setGuard(workspace, false);
  } catch (error) {
    // 404: somebody else let it go. Everything else, a newer version of it too, is looked at again.
    if (!hasStatus(error, 404)) throw error;
  }
}
