import type { Progress, ReportProgress } from '#contract/progress.ts';
import type { Writer } from './context.ts';

/** A progress report as one line: "Building Kubernetes 1.37.2: 1200 of 2875 packages (k8s.io/api/core/v1)". */
export function progressText({ step, detail, done, total, unit }: Progress): string {
  const count =
    done === undefined || total === undefined ? '' : `: ${done} of ${total}${unit === undefined ? '' : ` ${unit}`}`;
  const more = detail === undefined ? '' : count === '' ? `: ${detail}` : ` (${detail})`;
  return `${step}${count}${more}`;
}

export interface ProgressLine {
  report: ReportProgress;
  /** Ends the line that is being rewritten. */
  end(): void;
}

/**
 * Shows progress: on a terminal one line per step, rewritten as the step goes on; elsewhere (a log, CI) a line when a step begins.
 */
export function progressLine(target: Writer & { isTTY?: boolean; columns?: number }): ProgressLine {
  let step: string | undefined;
  let open = false;
  const end = (): void => {
    if (open) target.write('\n');
    open = false;
  };
  const report: ReportProgress = (progress) => {
    const begins = progress.step !== step;
    if (begins) end();
    step = progress.step;
    if (target.isTTY !== true) {
      if (begins) target.write(`${progress.step}\n`);
      return;
    }
    const width = Math.max(20, (target.columns ?? 80) - 1);
    // Return, the text cut to the width, clear to the end of the line.
    target.write(`\r${progressText(progress).slice(0, width)}\u001b[K`);
    open = true;
  };
  return { report, end };
}
