import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Writes a whole file or nothing: readers never see half of it, a crash leaves the old one. */
export async function writeFileAtomically(path: string, content: string, mode = 0o600): Promise<void> {
  const temporary = `${path}.${randomBytes(4).toString('hex')}.new`;
  await writeFile(temporary, content, { mode });
  await rename(temporary, path);
}

/** As writeFileAtomically, in a folder that is made if need be, and only when the content differs. */
export async function writeConfig(path: string, content: string, mode = 0o600): Promise<void> {
  if ((await readIfPresent(path)) === content) return;
  await mkdir(dirname(path), { recursive: true, mode: 0o755 });
  await writeFileAtomically(path, content, mode);
}

/** The text of a file, or nothing when there is no such file. */
export async function readIfPresent(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    // ENODEV: a file of a cgroup that was removed between open and read.
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ENODEV') return undefined;
    throw error;
  }
}
