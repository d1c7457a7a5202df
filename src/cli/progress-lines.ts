import { printable } from '#contract/printable.ts';
import { timeLeft } from '#contract/time-left.ts';
import type { Progress, ReportProgress } from '#contract/progress.ts';

/** One report as one line: "Building Kubernetes 1.37: k8s.io/apiserver (120 of 900 packages), about 4 minutes left". */
export function progressLine({ step, detail, done, total, unit, secondsLeft }: Progress): string {
  const amount = done === undefined ? '' : total === undefined ? `${done}` : `${done} of ${total}`;
  const size = amount === '' ? '' : ` (${unit === undefined ? amount : `${amount} ${unit}`})`;
  const left = secondsLeft === undefined ? '' : `, ${timeLeft(secondsLeft)}`;
  return printable(`${step}${detail === undefined ? '' : `: ${detail}`}${size}${left}`);
}

interface Screen {
  write(text: string): unknown;
  isTTY?: boolean;
  columns?: number;
}

/** How long a log that is no terminal stays silent about a step that goes on, in milliseconds. */
const quietTime = 15_000;

/**
 * Shows progress to a person. On a terminal a step rewrites its own line; in a log each step gets a line when it
 * begins and a sign of life now and then.
 */
export function progressLines(screen: Screen = process.stderr, now: () => number = Date.now): ReportProgress {
  let step: string | undefined;
  let shown = 0;
  return (progress) => {
    const line = progressLine(progress);
    const begins = progress.step !== step;
    if (screen.isTTY === true) {
      // Each line ends, so that whatever is written next begins a line of its own; the next report goes one up again.
      const rewind = begins ? '' : '\u001b[1A\r\u001b[K';
      screen.write(`${rewind}${line.slice(0, (screen.columns ?? 80) - 1)}\n`);
    } else if (begins || now() - shown >= quietTime) {
      screen.write(`${line}\n`);
      shown = now();
    }
    step = progress.step;
  };
}
