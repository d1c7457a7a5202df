import { runQuietly } from '../child.ts';
import { inRepository, root } from '../repository.ts';
import type { Outcome } from './outcome.ts';

/** The checks that need no test: what they are called, and the tool's script below node_modules with its arguments. */
const checks = {
  typecheck: ['typescript/bin/tsc', '-b'],
  lint: ['oxlint/bin/oxlint'],
  format: ['@biomejs/biome/bin/biome', 'format', '--reporter=summary'],
  'dead-code': ['knip/bin/knip.js'],
  layers: ['vitest/vitest.mjs', 'run', '--project', 'unit', 'test/layers.test.ts'],
} as const;
export type CheckName = keyof typeof checks;

/** What a full run checks: the layers are a unit test there. */
export const fullChecks: readonly CheckName[] = ['typecheck', 'lint', 'format', 'dead-code'];
/** What a commit has to pass; quick enough not to be skipped. */
export const commitChecks: readonly CheckName[] = ['format', 'lint', 'typecheck', 'layers'];

export function isCheck(name: string): name is CheckName {
  return Object.hasOwn(checks, name);
}

/** Runs checks side by side; each counts as one passed or failed, and what a failing one says is shown. */
export async function runChecks(names: readonly CheckName[]): Promise<Outcome> {
  const passed = await Promise.all(names.map(check));
  const good = passed.filter(Boolean).length;
  return { passed: good, failed: passed.length - good, skipped: 0 };
}

async function check(name: CheckName): Promise<boolean> {
  const [tool, ...args] = checks[name];
  const { code, output } = await runQuietly(process.execPath, [inRepository('node_modules', tool), ...args], {
    cwd: root,
  });
  process.stdout.write(code === 0 ? `✓ ${name}\n` : `✗ ${name}\n${output.trim()}\n`);
  return code === 0;
}
