import { mkdir, rename, rm, utimes } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { ReportProgress } from '#contract/progress.ts';
import { withLock } from '../lock.ts';
import { makeUserFolder } from '../own-folder.ts';

export interface BuildContext {
  recipeDir: string;
  cacheDir: string;
  report: ReportProgress;
  signal?: AbortSignal | undefined;
}

/** Where all built things lie. */
export function artefactsFolder(cacheDir: string): string {
  return join(cacheDir, 'local-cluster');
}

/** Folder of one built thing. It appears complete or not at all, so its presence is the proof that it was built. */
export function artefactFolder(cacheDir: string, name: string, hash: string): string {
  return join(artefactsFolder(cacheDir), `${name}-${hash}`);
}

/**
 * Returns the artefact's folder, and fills it by `build` when it is not there yet.
 * Built aside and renamed: an interrupted build leaves nothing that looks finished. Two builders wait for each other.
 */
export async function ensureArtefact(
  context: BuildContext,
  name: string,
  hash: string,
  build: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = artefactFolder(context.cacheDir, name, hash);
  if (await markUsed(folder)) return folder;
  const onWait = (): void => context.report({ step: `Waiting for another guildnet that builds ${name}` });
  return await withLock(folder, { onWait, signal: context.signal }, async () => {
    if (existsSync(folder)) return folder;
    const unfinished = `${folder}.unfinished`;
    await rm(unfinished, { recursive: true, force: true });
    await makeUserFolder(dirname(folder));
    await mkdir(unfinished);
    await build(unfinished);
    await rename(unfinished, folder);
    return folder;
  });
}

/** Whether it is there. Its time of change says when it was last wanted (`forget-artefacts.ts`). */
async function markUsed(folder: string): Promise<boolean> {
  const now = new Date();
  try {
    await utimes(folder, now, now);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return false;
    // Built by root, say, or on a disk that is mounted to be read: then it is not for us to remove either.
    if (code === 'EPERM' || code === 'EACCES' || code === 'EROFS') return true;
    throw error;
  }
}
