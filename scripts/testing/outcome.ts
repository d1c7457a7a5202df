import { z } from 'zod';
import { playwrightFailures, vitestFailures } from './failures.ts';

/** How many tests of a run ended how. `failed` also counts a file or a runner that broke outside of any test. */
export interface Outcome {
  passed: number;
  failed: number;
  skipped: number;
  /** A text for each that failed, where more is known than its number. */
  failures?: readonly string[];
}

const vitestSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(z.object({ status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) })),
});

const playwrightSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.unknown()),
});

/** Counts a vitest JSON report. A file that failed without a failing test (at import, in a hook) counts as one failure. */
export function vitestOutcome(report: unknown): Outcome {
  const { testResults, ...counted } = vitestSchema.parse(report);
  const brokenFiles = testResults.filter(
    ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((test) => test.status === 'failed'),
  );
  return {
    passed: counted.numPassedTests,
    failed: counted.numFailedTests + brokenFiles.length,
    skipped: counted.numPendingTests + counted.numTodoTests,
    failures: vitestFailures(report),
  };
}

/** Counts a Playwright JSON report. A flaky test is a failure: retries are off, and nobody should learn to live with it. */
export function playwrightOutcome(report: unknown): Outcome {
  const { stats, errors } = playwrightSchema.parse(report);
  return {
    passed: stats.expected,
    failed: stats.unexpected + stats.flaky + errors.length,
    skipped: stats.skipped,
    failures: playwrightFailures(report),
  };
}

/**
 * The outcome of a runner from the text of its report, if it wrote one, and its exit code. A runner that crashed, or
 * that says by its exit code that something failed when no test did, counts as one failure: nothing passes by silence.
 */
export function runnerOutcome(read: (report: unknown) => Outcome, text: string | undefined, code: number): Outcome {
  const crashed: Outcome = { passed: 0, failed: 1, skipped: 0 };
  if (text === undefined) return crashed;
  try {
    const outcome = read(JSON.parse(text));
    return code !== 0 && outcome.failed === 0 ? { ...outcome, failed: 1 } : outcome;
  } catch (error) {
    process.stderr.write(`The runner's report cannot be read: ${String(error)}\n`);
    return crashed;
  }
}
