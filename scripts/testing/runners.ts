import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { runInForeground } from '../child.ts';
import { inRepository, root } from '../repository.ts';
import type { Level } from './arguments.ts';
import { type Outcome, playwrightOutcome, runnerOutcome, vitestOutcome } from './outcome.ts';

const results = inRepository('test-results');

/** Runs vitest or Playwright for a level in this terminal, with `env` on top of ours, and counts from the report it leaves. */
export async function runLevel(
  level: Exclude<Level, 'static'>,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<Outcome> {
  const report = inRepository('test-results', `${level}.json`);
  mkdirSync(results, { recursive: true });
  rmSync(report, { force: true });
  const command = level === 'e2e' ? playwright() : vitest(level, report);
  const code = await runInForeground(process.execPath, [...command, ...args], {
    cwd: root,
    env: { ...process.env, ...env },
  });
  const text = existsSync(report) ? readFileSync(report, 'utf8') : undefined;
  return runnerOutcome(level === 'e2e' ? playwrightOutcome : vitestOutcome, text, code);
}

/** A level is the projects whose name begins with its own. */
function vitest(level: string, report: string): string[] {
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
  return [inRepository('node_modules', 'vitest', 'vitest.mjs'), 'run', '--project', `${level}*`, ...reporters];
}

/** Playwright's program and the word that runs tests. Its reporters, the JSON file among them, stand in its configuration. */
export function playwright(): string[] {
  return [inRepository('node_modules', '@playwright', 'test', 'cli.js'), 'test'];
}
