import type { Condition } from '#contract/workspace.ts';
import { exposed, imagePulled, progressing, ready, scheduled, volumeReady } from './judgements.ts';
import { asSpecified, upToDate } from './let-be.ts';
import type { Observed, Standing } from './standing.ts';

/** The conditions that this operator sets; others on the object are somebody else's. */
export const ownConditions = [
  'Ready',
  'Progressing',
  'Scheduled',
  'VolumeReady',
  'ImagePulled',
  'Exposed',
  'AsSpecified',
  'UpToDate',
] as const;

/**
 * Conditions in the standard shape: `lastTransitionTime` moves only when `status` does. One that has no meaning at present
 * (a node for a stopped workspace, a volume for one without a home, somebody's change where there is none) is not there.
 */
export function conditionsOf(observed: Observed, standing: Standing, now: Date): Condition[] {
  const { metadata, status } = observed.workspace;
  const judgements = [
    ready(standing),
    progressing(standing),
    scheduled(standing),
    volumeReady(observed, standing),
    imagePulled(standing),
    exposed(observed, standing),
    asSpecified(observed),
    upToDate(observed, standing),
  ].filter((one) => one !== undefined);
  return judgements.map((judgement) => {
    const before = status?.conditions?.find((one) => one.type === judgement.type);
    const since =
      before !== undefined && before.status === judgement.status ? before.lastTransitionTime : wireTime(now);
    return {
      ...judgement,
      ...(metadata.generation === undefined ? {} : { observedGeneration: metadata.generation }),
      lastTransitionTime: since,
    };
  });
}

/** Seconds are what metav1.Time keeps. */
function wireTime(time: Date): string {
  return `${time.toISOString().slice(0, 19)}Z`;
}
