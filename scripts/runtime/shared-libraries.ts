import { existsSync, readFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { ReportProgress } from '#contract/progress.ts';
import { ensureSystemPackages } from '#local-cluster/system-packages.ts';
import { runQuietly } from '../child.ts';

/** Debian's packages of what Electron links or opens, each with the library that shows that it is there. */
const libraries = [
  { package: 'libgtk-3-0', renamed: true, library: 'libgtk-3.so.0' },
  { package: 'libnss3', renamed: false, library: 'libnss3.so' },
  { package: 'libasound2', renamed: true, library: 'libasound.so.2' },
  { package: 'libgbm1', renamed: false, library: 'libgbm.so.1' },
  { package: 'libxss1', renamed: false, library: 'libXss.so.1' },
  { package: 'libatk-bridge2.0-0', renamed: true, library: 'libatk-bridge-2.0.so.0' },
  { package: 'libdrm2', renamed: false, library: 'libdrm.so.2' },
  { package: 'libxkbcommon0', renamed: false, library: 'libxkbcommon.so.0' },
  { package: 'libcups2', renamed: true, library: 'libcups.so.2' },
] as const;

/** The libraries that `ldd` could not find for a program. */
export function missingLibraries(lddOutput: string): string[] {
  return [...lddOutput.matchAll(/^\s*(\S+) => not found$/gm)].flatMap(([, name]) => name ?? []);
}

/**
 * Whether this distribution renamed its libraries for 64-bit time (`libgtk-3-0t64`): Debian from 13, Ubuntu from 24.04,
 * and Debian's testing, which has no version. https://wiki.debian.org/ReleaseGoals/64bit-time
 */
export function hasTime64Names(osRelease: string): boolean {
  const field = (name: string): string | undefined => new RegExp(`^${name}="?([^"\n]*)"?$`, 'm').exec(osRelease)?.[1];
  const version = Number.parseFloat(field('VERSION_ID') ?? 'Infinity');
  return field('ID') === 'ubuntu' ? version >= 24.04 : version >= 13;
}

/** The packages to ask apt for, each with the file that it brings to `folder`. */
export function electronPackages(osRelease: string, folder: string): { package: string; provides: string }[] {
  const time64 = hasTime64Names(osRelease);
  return libraries.map(({ package: name, renamed, library }) => ({
    package: renamed && time64 ? `${name}t64` : name,
    provides: `${folder}/${library}`,
  }));
}

/** Sees to it that Electron finds its shared libraries: by apt where we may, otherwise with the command to type. */
export async function ensureElectronLibraries(electron: string, report: ReportProgress): Promise<void> {
  if (process.platform !== 'linux') return;
  // Electron carries libraries of its own beside it; ldd is told to look there, as the program itself does.
  const env = { ...process.env, LD_LIBRARY_PATH: dirname(electron) };
  const { output } = await runQuietly('ldd', [electron], { env });
  if (missingLibraries(output).length === 0) return;
  const osRelease = existsSync('/etc/os-release') ? readFileSync('/etc/os-release', 'utf8') : '';
  const folder = `/usr/lib/${process.arch === 'arm64' ? 'aarch64' : 'x86_64'}-linux-gnu`;
  await ensureSystemPackages(electronPackages(osRelease, folder), report);
}
