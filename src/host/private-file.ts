import { chmod, readFile, rename, rm, writeFile } from 'node:fs/promises';

/** The text of a file; undefined where there is none. Rejects with what the system says where it cannot be read. */
export async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Writes a file so that only its owner can read it. Written aside and renamed, so that a crash leaves the old one or the new one, and a
 * reader sees all of it or none. Its folder has to be there, and two writers of one process must not write it at the same time.
 */
export async function replacePrivately(path: string, text: string): Promise<void> {
  const aside = `${path}.${String(process.pid)}.new`;
  try {
    await writeFile(aside, text, { mode: 0o600 });
    // One that a crash has left keeps the mode it had.
    await chmod(aside, 0o600);
    await rename(aside, path);
  } catch (error) {
    // On a disk without room the half of it would stay, one for each try.
    await rm(aside, { force: true });
    throw error;
  }
}
