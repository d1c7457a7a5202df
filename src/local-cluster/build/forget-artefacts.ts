import { readdir, readlink, rename, rm, stat } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { withLock } from '../lock.ts';
import { artefactsFolder, type BuildContext } from './artefact.ts';

/** How long something built is kept after it was last wanted, in milliseconds. A checkout of an older version may want it again. */
const keptMs = 30 * 24 * 60 * 60 * 1000;

export interface Kept {
  name: string;
  /** When it was last wanted, in milliseconds since 1970. */
  usedAt: number;
}

/**
 * Which of the built things are to go: what nobody wanted for a month, unless one of those runs (`programs` are the files of all
 * processes): then a cluster of an older version is up, whose programs start each other, and all stay. Pure.
 */
export function forgottenArtefacts(
  folder: string,
  kept: readonly Kept[],
  programs: readonly string[],
  now: number,
): string[] {
  const old = kept.filter(({ usedAt }) => now - usedAt > keptMs).map(({ name }) => name);
  const runs = old.some((name) => programs.some((program) => program.startsWith(join(folder, name) + sep)));
  return runs ? [] : old;
}

/** Removes what was built here and has been of no use for a month: after an update, what the older versions were made of. */
export async function forgetArtefacts({ cacheDir, signal }: Omit<BuildContext, 'recipeDir'>): Promise<void> {
  const folder = artefactsFolder(cacheDir);
  const kept = await ownArtefacts(folder);
  const now = Date.now();
  if (forgottenArtefacts(folder, kept, [], now).length === 0) return;
  for (const name of forgottenArtefacts(folder, kept, await runningPrograms(), now)) {
    const path = join(folder, name);
    await withLock(path, { signal }, async () => {
      // Somebody may have wanted it meanwhile. Renamed first: what bears the name is whole, always.
      const entry = await stat(path).catch(absent);
      if (entry === undefined || now - entry.mtimeMs <= keptMs) return;
      const unfinished = name.endsWith('.unfinished') ? path : `${path}.unfinished`;
      if (unfinished !== path) {
        await rm(unfinished, { recursive: true, force: true });
        await rename(path, unfinished);
      }
      await rm(unfinished, { recursive: true });
    });
  }
}

/** Ours alone: what another user built here is that user's to remove. */
async function ownArtefacts(folder: string): Promise<Kept[]> {
  const names = (await readdir(folder).catch(absent)) ?? [];
  const entries = await Promise.all(
    names.map(async (name) => ({ name, entry: await stat(join(folder, name)).catch(absent) })),
  );
  return entries.flatMap(({ name, entry }) =>
    entry?.isDirectory() === true && entry.uid === process.geteuid?.() ? [{ name, usedAt: entry.mtimeMs }] : [],
  );
}

/** The files of all programs that run, as far as we may see them (proc_pid_exe(5)). */
async function runningPrograms(): Promise<string[]> {
  const pids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  const found = await Promise.all(
    // Ended meanwhile, a thread of the kernel, or somebody else's: none of them runs what we built.
    pids.map((pid) => readlink(`/proc/${pid}/exe`).catch(() => undefined)),
  );
  return found.filter((path) => path !== undefined);
}

function absent(error: NodeJS.ErrnoException): undefined {
  if (error.code !== 'ENOENT') throw error;
}
