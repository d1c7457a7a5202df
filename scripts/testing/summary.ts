import type { Level } from './arguments.ts';
import { failureLines } from './failures.ts';
import type { Outcome } from './outcome.ts';

export type LevelResult = { level: Level; seconds: number } & (Outcome | { notRun: string });

export interface Summary {
  /** For the end of the output; the last is exactly `N passed, N failed`. */
  lines: string[];
  exitCode: number;
}

/**
 * Adds the levels up. One that could not run here is no failure on a person's machine, where the reason stands in its
 * line, but it is in CI. No test at all is no success. What failed stands before the levels: often the end is all that is kept.
 */
export function summarize(results: readonly LevelResult[], ci: boolean): Summary {
  const width = Math.max(...results.map(({ level }) => level.length));
  const lines = results.map((result) => {
    const name = result.level.padEnd(width);
    if ('notRun' in result) return `${name}  not run: ${result.notRun}`;
    const skipped = result.skipped === 0 ? '' : `, ${result.skipped} skipped`;
    return `${name}  ${result.passed} passed, ${result.failed} failed${skipped} (${result.seconds.toFixed(1)} s)`;
  });
  const failures = results.flatMap((result) => ('notRun' in result ? [] : (result.failures ?? [])));
  if (failures.length > 0) lines.unshift(...failureLines(failures), '');
  const sum = (count: (result: LevelResult) => number): number =>
    results.reduce((total, each) => total + count(each), 0);
  const passed = sum((result) => ('notRun' in result ? 0 : result.passed));
  const failed = sum((result) => ('notRun' in result ? Number(ci) : result.failed));
  lines.push(`${passed} passed, ${failed} failed`);
  return { lines, exitCode: failed > 0 || passed === 0 ? 1 : 0 };
}
