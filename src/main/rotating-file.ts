import { closeSync, existsSync, fstatSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export interface RotatingFile {
  write(line: string): void;
  close(): void;
}

/**
 * A log file that never grows beyond about twice `maxBytes`: when it is full it becomes `<path>.1` and a new one begins.
 * Writes are synchronous so that the last line before a crash is on disk. When the disk refuses, be it full, gone or somebody else's, lines go
 * to `fallback`, and the next line is tried on the disk again: what logs must never be what fails.
 */
export function openRotatingFile(path: string, maxBytes: number, fallback: (line: string) => void): RotatingFile {
  let file: number | undefined;
  let size = 0;
  /** What is half on disk after a refusal ends there. */
  let isTorn = false;

  function open(): number {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    const opened = openSync(path, 'a', 0o600);
    size = fstatSync(opened).size;
    return opened;
  }

  function rotate(): number {
    if (file !== undefined) closeSync(file);
    file = undefined;
    rmSync(`${path}.1`, { force: true });
    if (existsSync(path)) renameSync(path, `${path}.1`);
    return open();
  }

  function put(line: string): void {
    file ??= open();
    if (size >= maxBytes) file = rotate();
    const bytes = Buffer.from(isTorn ? `\n${line}` : line);
    isTorn = false;
    // A disk that fills up takes a part and says so only the next time.
    for (let at = 0; at < bytes.length; ) {
      const written = writeSync(file, bytes, at);
      isTorn = written > 0 && at + written < bytes.length;
      at += written;
      size += written;
    }
  }

  return {
    write(line) {
      try {
        put(line);
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
