import { createHash } from 'node:crypto';
import { closeSync, copyFileSync, fsyncSync, openSync, readSync, renameSync, rmSync, chmodSync } from 'node:fs';

const chunkBytes = 1 << 20;

/**
 * Puts `update` in the place of the program `file`: whole or not at all, since it is copied beside it first and renamed. `sha512`, in Base64,
 * is what was announced; it is looked at once more, as the download may have lain about since. Throws what the disk says, and when it is
 * another. Synchronous, for it is done while the app ends.
 */
export function replaceProgram(file: string, update: string, sha512: string): void {
  const beside = `${file}.update`;
  try {
    copyFileSync(update, beside);
    const copy = openSync(beside, 'r+');
    try {
      if (hashOf(copy) !== sha512) throw new Error('the update is not what was announced');
      fsyncSync(copy);
    } finally {
      closeSync(copy);
    }
    chmodSync(beside, 0o755);
    renameSync(beside, file);
  } finally {
    rmSync(beside, { force: true });
  }
}

function hashOf(opened: number): string {
  const hash = createHash('sha512');
  const chunk = Buffer.alloc(chunkBytes);
  for (let at = 0, read = -1; read !== 0; at += read) {
    read = readSync(opened, chunk, 0, chunkBytes, at);
    hash.update(chunk.subarray(0, read));
  }
  return hash.digest('base64');
}
