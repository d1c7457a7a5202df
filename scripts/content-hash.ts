import { createHash } from 'node:crypto';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';

/** Every file below a folder, or the file itself, in a fixed order. */
export function filesBelow(path: string): string[] {
  if (statSync(path).isFile()) return [path];
  const names = readdirSync(path).toSorted();
  return names.flatMap((name) => filesBelow(join(path, name)));
}

/** One hash over the names and the content of the files below the given paths: it changes when any of them does. */
export function contentHash(root: string, paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const file of paths.flatMap((path) => filesBelow(join(root, path)))) {
    const content = readFileSync(file);
    // The length keeps the end of one file and the name of the next apart.
    hash.update(`${relative(root, file)}\0${content.length}\0`).update(content);
  }
  return hash.digest('hex');
}
