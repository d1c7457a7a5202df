import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import type { Log } from '../../observability/log.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { fromKubeError, hasStatus } from '../../kube/errors.ts';
import { decideKept } from './decide-home.ts';
import { homeClaimName } from './home-volume.ts';
import { liveHome } from './live-home.ts';
import type { LiveHome } from './live-home.ts';

export interface CollectContext {
  kube: OperatorKube;
  log: Log;
  /** False while the live view is offline: nothing is deleted then. */
  online: () => boolean;
  now: () => Date;
  signal: AbortSignal;
}

/** Timers are not trusted over longer times than this, nor the clock of this machine, which may have been wrong. */
const longestWaitMs = 3_600_000;
/** Somebody uses it, or the copy and the server disagree: both pass, and mostly with an event that brings us back sooner. */
const disagreementMs = 30_000;

/**
 * Looks after a home whose Workspace is not in the live view: writes until when it is kept if nobody has, and deletes it when
 * that time is over. The copy only says when it is worth looking. What cannot be undone is decided anew from live reads, in
 * this order: the claim (and with it the server's clock), that the Workspace does not exist, that no pod uses it; and the
 * deletion is bound to the claim as it was read first. Whoever takes the home into use writes to the claim before anything
 * else, so a deletion that was decided before that is refused. Resolves with the ms after which to look again.
 */
export async function collectHome(
  context: CollectContext,
  workspace: string,
  cached: V1PersistentVolumeClaim,
): Promise<number | undefined> {
  const { kube, signal, now } = context;
  const first = decideKept(cached, now());
  if (first.do === 'nothing') return undefined;
  if (first.do === 'wait') return Math.min(first.ms, longestWaitMs);
  if (!context.online()) return disagreementMs;
  try {
    return await actLive(context, liveHome(kube, workspace, signal), workspace);
  } catch (error) {
    signal.throwIfAborted();
    throw fromKubeError(error, `looking after the kept home of "${workspace}"`);
  }
}

async function actLive(context: CollectContext, live: LiveHome, workspace: string): Promise<number | undefined> {
  const { log } = context;
  const { claim, now } = await live.readClaim();
  if (claim === undefined) return undefined;
  if (now === undefined) {
    log.warn('a kept home is left alone: the API server did not say what time it is');
    return longestWaitMs;
  }
  const step = decideKept(claim, now);
  if (step.do === 'nothing') return undefined;
  if (step.do === 'wait') return Math.min(step.ms, longestWaitMs);
  if ((await live.readWorkspace()).workspace !== undefined) return disagreementMs;
  if (step.do === 'stamp') {
    await live.patchClaim(claim, { annotations: { [annotations.homeRetainUntil]: step.until } });
    log.info({ until: step.until }, 'the home of a workspace that nobody saw go is kept');
    return undefined;
  }
  const pods = await live.podsUsing();
  if (pods.length > 0) {
    log.info({ pods }, 'a home whose time is over is still used');
    return disagreementMs;
  }
  // The copy may have gone offline while we asked: whoever cannot hear of a restore does not delete.
  if (!context.online()) return disagreementMs;
  return await expire(live, claim, context, workspace);
}

async function expire(
  live: LiveHome,
  claim: V1PersistentVolumeClaim,
  { log }: CollectContext,
  workspace: string,
): Promise<number | undefined> {
  const until = claim.metadata?.annotations?.[annotations.homeRetainUntil];
  try {
    await live.deleteClaim(claim);
    log.info({ claim: homeClaimName(workspace), until }, 'a home was deleted: its time was over');
    return undefined;
  } catch (error) {
    if (hasStatus(error, 404)) return undefined;
    throw error;
  }
}
