import type { Failure } from '#contract/workspace.ts';
import { containerFailures } from './container.ts';
import { imageFailures } from './image.ts';
import type { Evidence, Explanation } from './rule.ts';
import { schedulingFailures } from './scheduling.ts';
import { workloadFailures } from './workload.ts';

/** Every way to fail that we can explain; the first that fits is the reason. From the pod's creation to its running. */
export const catalogue: readonly Explanation[] = [
  ...workloadFailures,
  ...schedulingFailures,
  ...imageFailures,
  ...containerFailures,
];

/** Why the workspace does not run, or undefined when nothing is wrong with it. */
export function explainFailure(evidence: Evidence): Failure | undefined {
  for (const { explain } of catalogue) {
    const failure = explain(evidence);
    if (failure !== undefined) return failure;
  }
  return undefined;
}
