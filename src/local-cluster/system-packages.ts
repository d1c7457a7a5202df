import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { ReportProgress } from '#contract/progress.ts';
import { runCommand } from './run-command.ts';

export interface SystemPackage {
  /** Debian's name for it. */
  package: string;
  /** A command on PATH, or an absolute path, whose presence means that it is installed. */
  provides: string;
}

let updated = false;

/**
 * Installs what is missing with apt-get when we are root on Debian or a relative of it.
 *
 * @throws GuildNetError `unsupported` with the exact command to type when we may not, `create_failed` when apt-get fails.
 */
export async function ensureSystemPackages(packages: readonly SystemPackage[], report?: ReportProgress): Promise<void> {
  const missing = packages.filter(({ provides }) => !isProvided(provides)).map((entry) => entry.package);
  if (missing.length === 0) return;
  const names = missing.join(' ');
  const root = process.geteuid?.() === 0;
  if (!existsSync('/usr/bin/apt-get')) {
    throw new GuildNetError('unsupported', `This machine lacks ${names}.`, {
      remedy: `Install these with your system’s package manager (the names are Debian’s): ${names}`,
    });
  }
  if (!root) {
    throw new GuildNetError('unsupported', `This machine lacks ${names}, and only root can install packages.`, {
      remedy: `Run: sudo apt-get update && sudo apt-get install --no-install-recommends -y ${names}`,
    });
  }
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const step = `Installing ${names}`;
  const remedy = `Run: apt-get update && apt-get install --no-install-recommends -y ${names}`;
  if (!updated) {
    report?.({ step, detail: 'reading package lists' });
    await runCommand('apt-get', ['update', '-q'], { env, doing: 'Updating the package lists', remedy });
    updated = true;
  }
  report?.({ step });
  // Another apt may be at work; it is waited for.
  const args = ['-o', 'DPkg::Lock::Timeout=300', 'install', '--no-install-recommends', '-q', '-y', ...missing];
  await runCommand('apt-get', args, { env, doing: step, remedy });
}

function isProvided(provides: string): boolean {
  if (isAbsolute(provides)) return existsSync(provides);
  return findProgram(provides) !== undefined;
}

/** Absolute path of a command: on PATH, or where the system keeps its own (a user's PATH often lacks sbin). */
export function findProgram(name: string): string | undefined {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/local/sbin', '/usr/sbin', '/sbin'];
  return folders
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
    .find((path) => existsSync(path));
}
