import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { lstat, readdir, readlink } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

/** One file of a package. */
export interface PackedFile {
  /** From the package's folder, with slashes. */
  path: string;
  /** In bytes. */
  size: number;
  /** Of its content, in hexadecimal; of a link, of where it leads. */
  sha256: string;
}

/** All files below a folder, ordered by their paths: what they are, and nothing of when they were made. */
export async function filesOf(folder: string): Promise<PackedFile[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files: PackedFile[] = [];
  for (const entry of entries) {
    if (entry.isDirectory()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = relative(folder, file).replaceAll(sep, '/');
    if (entry.isSymbolicLink()) {
      const target = await readlink(file);
      files.push({ path, size: 0, sha256: createHash('sha256').update(target).digest('hex') });
      continue;
    }
    const hash = createHash('sha256');
    await pipeline(createReadStream(file), hash);
    files.push({ path, size: (await lstat(file)).size, sha256: hash.digest('hex') });
  }
  return files.toSorted((a, b) => (a.path < b.path ? -1 : 1));
}

/** As `sha256sum --check` reads it. */
export function listed(files: readonly PackedFile[]): string {
  return files.map(({ sha256, path }) => `${sha256}  ${path}\n`).join('');
}

/** The folders of unpacked packages among the names in the output folder: electron-builder leaves them beside what it makes of them. */
export function unpackedFolders(names: readonly string[]): string[] {
  return names.filter((name) => /^(?:linux|win)(?:-[a-z0-9]+)?-unpacked$|^mac(?:-[a-z0-9]+)?$/.test(name)).toSorted();
}

/** The name of the list beside such a folder. */
export function fileListOf(folder: string): string {
  return `${folder}.sha256`;
}

/** Where `npm run test:package` keeps the list of the package that it made first, to compare it with that of the second. */
export const firstList = 'first.sha256';
