import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of this checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');

/** A path inside this checkout. */
export function inRepository(...parts: string[]): string {
  return join(root, ...parts);
}
