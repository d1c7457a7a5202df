import { describe, expect, it } from 'vitest';
import { summarize } from './summary.ts';

const unit = { level: 'unit', seconds: 1.25, passed: 5, failed: 0, skipped: 0 } as const;
const cluster = { level: 'cluster', seconds: 0, notRun: 'it needs root' } as const;

describe('summarize', () => {
  it.each([
    ['all passed', [unit], false, '5 passed, 0 failed', 0],
    ['one failed', [unit, { ...unit, failed: 1 }], false, '10 passed, 1 failed', 1],
    ['not run', [unit, cluster], false, '5 passed, 0 failed', 0],
    ['not run in CI', [unit, cluster], true, '5 passed, 1 failed', 1],
    ['no test at all', [{ ...unit, passed: 0 }], false, '0 passed, 0 failed', 1],
    ['nothing ran', [cluster], false, '0 passed, 0 failed', 1],
  ])('%s', (_, results, ci, last, exitCode) => {
    const summary = summarize(results, ci);
    expect(summary.lines.at(-1)).toBe(last);
    expect(summary.exitCode).toBe(exitCode);
  });

  it('tells what failed before the levels, so that the end of the output is enough to go by', () => {
    const { lines } = summarize([{ ...unit, failed: 1, failures: ['✗ a test\n    expected 1'] }, cluster], false);
    expect(lines.slice(0, 3)).toEqual(['✗ a test\n    expected 1', '', 'unit     5 passed, 1 failed (1.3 s)']);
  });

  it('gives each level its line', () => {
    expect(summarize([{ ...unit, skipped: 2 }, cluster], false).lines.slice(0, 2)).toEqual([
      'unit     5 passed, 0 failed, 2 skipped (1.3 s)',
      'cluster  not run: it needs root',
    ]);
  });
});
