import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative } from 'node:path';

/** Names a build by all that goes into it: the files (path and content, in any order) and the settings. */
export function recipeHash(files: readonly { path: string; content: Uint8Array }[], settings: unknown): string {
  const hash = createHash('sha256').update(JSON.stringify(settings));
  for (const { path, content } of files.toSorted((a, b) => (a.path < b.path ? -1 : 1))) {
    hash.update(`\0${path}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex').slice(0, 16);
}

/** Every file below `folder`, with its path relative to it. */
export async function recipeFiles(folder: string): Promise<{ path: string; content: Uint8Array }[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (file) => ({ path: relative(folder, file), content: await readFile(file) })));
}
