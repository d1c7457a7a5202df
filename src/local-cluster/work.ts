import type { ReportProgress } from '#contract/progress.ts';

/** What a longer piece of work is given: where to tell how far it is, and when to give up. */
export interface Work {
  report: ReportProgress;
  signal?: AbortSignal | undefined;
}
