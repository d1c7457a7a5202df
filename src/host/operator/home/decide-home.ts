import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { homeFinalizer } from '#contract/annotations.ts';
import { parseDuration } from '#contract/duration.ts';
import type { Workspace } from '#contract/workspace.ts';
import { parseQuantity } from '../../kube/quantity.ts';
import { homeSize, isHome, laterMark, promiseOf, stampOf, userOf } from './home-claim.ts';
import { rememberedRetain } from './home-record.ts';
import { homeClaimName } from './home-volume.ts';

/** The next thing to do about a home whose Workspace exists. One at a time: each is looked at again when it is done. */
export type HomeStep =
  | { do: 'nothing' }
  /** Put the finalizer on the Workspace, before anything is in the home. */
  | { do: 'guard' }
  | { do: 'create' }
  /** Write that this Workspace uses the home now, and take off the mark that it may go. Before a pod gets at it. */
  | { do: 'adopt' }
  | { do: 'grow'; size: string }
  /** Write until when the home is kept, and what its Workspace was. */
  | { do: 'stamp'; until: string }
  /** Take the finalizer off the Workspace: it may go. */
  | { do: 'release' }
  /** The claim of that name is a stranger's. */
  | { do: 'refuse' }
  /** Somebody deleted the claim by hand: Kubernetes keeps it while a pod uses it, and not longer. */
  | { do: 'warn' }
  /** The home that an earlier Workspace of the name left is going: no pod may get at it, and a new one is made when it is gone. */
  | { do: 'await' };

/** How long a home is kept when its workspace says nothing: a week, so that a mistake made on a Friday is found in time. */
export const defaultRetain = '168h';
const defaultRetainMs = 168 * 3_600_000;

/**
 * What to do about the home of a Workspace that exists, from the Workspace and the claim of the home's name. Never a
 * deletion: that is `decideKept`'s, when the Workspace is gone.
 */
export function decideHome(workspace: Workspace, claim: V1PersistentVolumeClaim | undefined): HomeStep {
  return workspace.metadata.deletionTimestamp === undefined
    ? decideLiving(workspace, claim)
    : decideGoing(workspace, workspace.metadata.deletionTimestamp, claim);
}

function decideLiving(workspace: Workspace, claim: V1PersistentVolumeClaim | undefined): HomeStep {
  const wanted = workspace.spec.home !== undefined;
  if (claim !== undefined && !isHomeOf(claim, workspace)) return wanted ? { do: 'refuse' } : { do: 'nothing' };
  // A home that the spec no longer mentions, or that an earlier Workspace of the name left, is kept as it is.
  const uses = claim !== undefined && userOf(claim) === workspace.metadata.uid;
  if (!wanted && !uses) return { do: 'nothing' };
  if (!isGuarded(workspace)) return { do: 'guard' };
  if (claim === undefined) return { do: 'create' };
  if (claim.metadata?.deletionTimestamp !== undefined) {
    if (!wanted) return { do: 'nothing' };
    return uses ? { do: 'warn' } : { do: 'await' };
  }
  if (!uses || (wanted && stampOf(claim) !== undefined)) return { do: 'adopt' };
  const size = homeSize(workspace);
  return wanted && isLarger(size, claim.spec?.resources?.requests?.['storage'])
    ? { do: 'grow', size }
    : { do: 'nothing' };
}

function decideGoing(
  workspace: Workspace,
  deleted: string | Date,
  claim: V1PersistentVolumeClaim | undefined,
): HomeStep {
  const release: HomeStep = isGuarded(workspace) ? { do: 'release' } : { do: 'nothing' };
  if (claim === undefined || !isHomeOf(claim, workspace)) return release;
  if (claim.metadata?.deletionTimestamp !== undefined) return release;
  // It never came to use the home: the time that its predecessor was promised goes on running.
  if (userOf(claim) !== workspace.metadata.uid) return release;
  const until = retainUntil(workspace, new Date(deleted), claim);
  return stampOf(claim)?.text === until ? release : { do: 'stamp', until };
}

/**
 * Until when the home of a Workspace that was deleted at this time is kept: RFC 3339, or a person's word such as `never`. What it
 * was promised before this Workspace took it over holds as well, unless `retain` was changed since then, which is the latest word.
 */
export function retainUntil(workspace: Workspace, deleted: Date, claim: V1PersistentVolumeClaim = {}): string {
  const until = new Date(deleted.getTime() + retainMs(workspace, claim)).toISOString();
  const { home } = workspace.spec;
  const changed = home !== undefined && home.retain !== rememberedRetain(claim);
  return changed ? until : laterMark(until, promiseOf(claim));
}

/** What to do about a home whose Workspace is gone. */
export type KeptStep =
  | { do: 'nothing' }
  /** Nobody wrote until when it is kept, because nobody saw its Workspace go: the time begins now. */
  | { do: 'stamp'; until: string }
  /** Its time is not over; look again after so many ms. */
  | { do: 'wait'; ms: number }
  /** Its time is over. */
  | { do: 'expire' };

/** At least this long a home is kept whose Workspace vanished unseen, whatever its `retain`: it may be on its way back. */
const unseenMs = 3_600_000;

/**
 * What to do about a claim without a Workspace. `now` has to be the API server's own time where the answer is acted upon:
 * the marks are made from its times, and the clock of a laptop may be days off.
 */
export function decideKept(claim: V1PersistentVolumeClaim, now: Date): KeptStep {
  if (!isHome(claim) || claim.metadata?.deletionTimestamp !== undefined) return { do: 'nothing' };
  const stamp = stampOf(claim);
  if (stamp === undefined) {
    const retain = Math.max(retainMs(undefined, claim), unseenMs);
    return { do: 'stamp', until: laterMark(new Date(now.getTime() + retain).toISOString(), promiseOf(claim)) };
  }
  // A person wrote it, and did not write a time: "never", for example.
  if (!stamp.readable) return { do: 'nothing' };
  const left = stamp.at.getTime() - now.getTime();
  return left > 0 ? { do: 'wait', ms: left } : { do: 'expire' };
}

/** The Workspace's word, else what the home remembers of it (the spec may be unreadable by now), else a week. */
function retainMs(workspace: Workspace | undefined, claim: V1PersistentVolumeClaim): number {
  const text = workspace?.spec.home?.retain ?? rememberedRetain(claim);
  return Math.min((text === undefined ? undefined : parseDuration(text)) ?? defaultRetainMs, longestMs);
}

/** A century: longer times would end beyond what dates can say. */
const longestMs = 100 * 365 * 24 * 3_600_000;

function isHomeOf(claim: V1PersistentVolumeClaim, workspace: Workspace): boolean {
  return isHome(claim) && claim.metadata?.name === homeClaimName(workspace.metadata.name);
}

function isGuarded({ metadata }: Workspace): boolean {
  return metadata.finalizers?.includes(homeFinalizer) === true;
}

/** Only ever larger: a volume cannot shrink, and a restored home keeps the size that it has. */
function isLarger(wanted: string, has: string | undefined): boolean {
  const [to, from] = [parseQuantity(wanted), has === undefined ? undefined : parseQuantity(has)];
  return to !== undefined && from !== undefined && to > from;
}
