import { closeSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotatingFile {
  write(line: string): void;
  close(): void;
}

/**
 * A log file that never grows beyond about twice `maxBytes`: when it is full it becomes `<path>.1` and a new one begins.
 * Writes are synchronous so that the last line before a crash is on disk. When the disk refuses, lines go to `fallback`.
 */
export function openRotatingFile(path: string, maxBytes: number, fallback: (line: string) => void): RotatingFile {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  let file: number | undefined = openSync(path, 'a', 0o600);
  let size = fstatSync(file).size;

  function rotate(): number {
    if (file !== undefined) closeSync(file);
    file = undefined;
    rmSync(`${path}.1`, { force: true });
    renameSync(path, `${path}.1`);
    size = 0;
    return openSync(path, 'a', 0o600);
  }

  return {
    write(line) {
      try {
        if (file === undefined || size >= maxBytes) file = rotate();
        size += writeSync(file, line);
      } catch (error) {
        fallback(`${path}: ${error instanceof Error ? error.message : String(error)}\n${line}`);
      }
    },
    close() {
      if (file !== undefined) closeSync(file);
      file = undefined;
    },
  };
}
