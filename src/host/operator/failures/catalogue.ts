import type { Failure } from '#contract/workspace.ts';
import { crashFailures } from './crash.ts';
import { imageFailures } from './image.ts';
import { evictionFailures, lostNodeFailures } from './node.ts';
import { otherFailures } from './others.ts';
import { probeFailures } from './probe.ts';
import type { Evidence, Explanation } from './rule.ts';
import { schedulingFailures } from './scheduling.ts';
import { architectureFailures, startFailures } from './start.ts';
import { volumeFailures } from './volume.ts';
import { progressFailures, workloadFailures } from './workload.ts';

/** Every reason for which a workspace does not run that we can explain; the first that fits is the reason. */
export const catalogue: readonly Explanation[] = [
  ...workloadFailures,
  ...volumeFailures,
  ...schedulingFailures,
  ...architectureFailures,
  ...imageFailures,
  ...startFailures,
  ...probeFailures,
  ...crashFailures,
  ...lostNodeFailures,
  ...otherFailures,
  ...evictionFailures,
  ...progressFailures,
];

/** What is known about a workspace that does not run. */
export interface Explained {
  /** Why, as far as it can be said already. */
  failure?: Failure;
  /** It is more than a wait. */
  failed: boolean;
  /** When the answer may be another although nothing happens: milliseconds since the epoch. */
  reviewAt?: number;
}

/** Why the workspace does not run, `now` being what patience is measured by. */
export function explainFailure(evidence: Evidence, now: Date): Explained {
  const time = now.getTime();
  let reviewAt: number | undefined;
  const remember = (at: number): void => {
    if (at > time && Number.isFinite(at)) reviewAt = Math.min(at, reviewAt ?? at);
  };
  for (const { explain } of catalogue) {
    const finding = explain(evidence);
    if (finding === undefined) continue;
    remember(finding.tellAt);
    if (finding.tellAt > time) continue;
    remember(finding.failAt);
    return {
      failure: finding.failure,
      failed: finding.failAt <= time,
      ...(reviewAt === undefined ? {} : { reviewAt }),
    };
  }
  return { failed: false, ...(reviewAt === undefined ? {} : { reviewAt }) };
}
