import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { contentType } from './content-types.ts';

export interface UiFile {
  body: Buffer;
  type: string;
  etag: string;
  /** Its name carries a hash of its content, so it never changes. */
  immutable: boolean;
}

/** Vite puts what it hashes into this folder. */
const hashed = /^\/assets\/.+-[\w-]{8}\.\w+$/;

/** Reads a built UI whole: a few hundred kilobytes that then need no look at the disk, and no path can lead out of it. */
export async function readUiFiles(folder: string): Promise<Map<string, UiFile>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = new Map<string, UiFile>();
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const file = join(entry.parentPath, entry.name);
    const path = `/${relative(folder, file).split(sep).join('/')}`;
    const body = await readFile(file);
    const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`;
    files.set(path, { body, type: contentType(path), etag, immutable: hashed.test(path) });
  }
  return files;
}
