import type { Progress, ReportProgress } from '#contract/progress.ts';
import type { BuildContext } from './artefact.ts';

/**
 * Does two pieces of work at the same time. One's progress is shown: the first's, and when that is over the second's, beginning
 * with where it is by then. When one fails the other is told to stop; rejects with what failed first, when both have ended.
 */
export async function sideBySide<A, B>(
  context: BuildContext,
  first: (own: BuildContext) => Promise<A>,
  second: (own: BuildContext) => Promise<B>,
): Promise<[A, B]> {
  const stop = new AbortController();
  const signal = context.signal === undefined ? stop.signal : AbortSignal.any([context.signal, stop.signal]);
  const held = heldBack(context.report);
  const works = [
    first({ ...context, signal }).finally(held.letGo),
    second({ ...context, signal, report: held.report }).finally(held.end),
  ] as const;
  const failures: unknown[] = [];
  const ended = works.map((work) =>
    work.catch((error: unknown) => {
      failures.push(error);
      stop.abort();
    }),
  );
  await Promise.all(ended);
  if (failures.length > 0) throw failures[0];
  return await Promise.all(works);
}

/** What is reported is kept, the last of it, until it is let go; after the end there is nothing to tell. */
function heldBack(report: ReportProgress): { report: ReportProgress; letGo(): void; end(): void } {
  let last: Progress | undefined;
  let open = false;
  return {
    report(progress) {
      if (open) report(progress);
      else last = progress;
    },
    letGo() {
      open = true;
      if (last !== undefined) report(last);
    },
    end() {
      last = undefined;
    },
  };
}
