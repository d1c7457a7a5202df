import { mkdir, rename, rm } from 'node:fs/promises';
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

/** Folder of one built thing. It appears complete or not at all, so its presence is the proof that it was built. */
export function artefactFolder(cacheDir: string, name: string, hash: string): string {
  return join(cacheDir, 'local-cluster', `${name}-${hash}`);
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
  if (existsSync(folder)) return folder;
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
