import { z } from 'zod';
import { cutTextOf, longest } from './bounded.ts';

/** One report of a piece of work that takes longer than a second. `done`/`total` are counted in `unit` and absent when the size is unknown. */
export const progressSchema = z.object({
  /** The step that is going on, in words for a person: "Building Kubernetes 1.37". */
  step: cutTextOf(longest.reason),
  /** What is happening inside the step right now. */
  detail: cutTextOf(longest.reason).optional(),
  done: z.number().nonnegative().optional(),
  total: z.number().positive().optional(),
  unit: cutTextOf(longest.token).optional(),
  /** A guess at how long this step still takes. */
  secondsLeft: z.number().nonnegative().optional(),
});
export type Progress = z.infer<typeof progressSchema>;

export type ReportProgress = (progress: Progress) => void;
