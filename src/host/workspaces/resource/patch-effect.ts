import type { V1Deployment } from '@kubernetes/client-node';
import { annotations } from '#contract/annotations.ts';
import { GuildNetError } from '#contract/errors.ts';
import { isStopped } from '#contract/run-mode.ts';
import type { PatchedWorkspace } from '#contract/workspace-patch.ts';
import type { Workspace } from '#contract/workspace.ts';
import { madeForMark, podMarks } from '../../operator/desired/pod-marks.ts';
import type { PlannedPatch } from './planned-patch.ts';

export interface PatchSituation {
  /** The Workspace before and after, as the API server has it. */
  live: Workspace;
  after: Workspace;
  plan: Pick<PlannedPatch, 'changed' | 'restarts' | 'losesPort'>;
  deployment: V1Deployment | undefined;
  restart: 'now' | 'next-start' | undefined;
}

export interface PatchEffect {
  takesEffect: PatchedWorkspace['takes_effect'];
  /** What is written beside the patch, so that the operator does as was asked. */
  annotations: Record<string, string | null>;
}

/**
 * When a patch takes effect. A running workspace keeps its pod until its next start unless `restart` says now; what the pod has no
 * part in takes effect at once. Throws `conflict` where a port of a running pod would be taken away from under it: the Service has the
 * ports of the spec at once. Pure, but for the time of a restart.
 */
export function effectOf({ live, after, plan, deployment, restart }: PatchSituation): PatchEffect {
  const mark = madeForMark(after);
  const madeFor = deployment?.metadata?.annotations?.[podMarks.madeFor] ?? madeForMark(live);
  const waits = live.metadata.annotations?.[annotations.nextStart];
  const none = { [annotations.nextStart]: null };
  const podDiffers = madeFor !== mark;
  if (isStopped(after.spec))
    return {
      takesEffect: plan.changed.length === 0 ? 'nothing-changed' : podDiffers ? 'next-start' : 'now',
      annotations: none,
    };
  // One that has failed gets another pod in any case: it loses nothing by it, and may be mended.
  const atOnce = restart === 'now' || live.status?.phase === 'Failed';
  if (podDiffers && atOnce) return { takesEffect: 'restarting', annotations: none };
  if (podDiffers) {
    if (plan.losesPort && plan.changed.length > 0) throw portTaken(live.metadata.name);
    const same = plan.changed.length === 0 && waits === mark;
    return { takesEffect: same ? 'nothing-changed' : 'next-start', annotations: { [annotations.nextStart]: mark } };
  }
  // Only what is in its Secret: the pod is asked for as it is, and has to be made anew to read it.
  if (plan.restarts.length > 0 && restart === 'now')
    return { takesEffect: 'restarting', annotations: { ...none, [annotations.restartedAt]: new Date().toISOString() } };
  if (plan.restarts.length > 0)
    return { takesEffect: madeForMark(live) === mark ? 'next-start' : 'now', annotations: none };
  return { takesEffect: plan.changed.length === 0 ? 'nothing-changed' : 'now', annotations: none };
}

function portTaken(id: string): GuildNetError {
  return new GuildNetError('conflict', `"${id}" runs, and would lose a port that its program listens on now.`, {
    remedy: 'Ask for it with restart=now, or stop the workspace first.',
    details: { id, field: 'spec.ports' },
  });
}
