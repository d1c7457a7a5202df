import { lstatSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { z } from 'zod';
import type { Log } from '#host/observability/log.ts';

/** A small JSON file of the app's own: what it holds is checked, and a broken one is put aside instead of standing in the way. */
export interface OwnFile<Value> {
  /** What was last written; undefined when there is nothing, or nothing that makes sense. */
  read(): Value | undefined;
  /** Whole or not at all. False when the disk refused; that is logged, and the app goes on with what it knows. */
  write(value: Value): boolean;
}

/** `longestBytes`: a file that is larger is none of ours and is not read. `what` names it in the log. */
export function ownFile<Schema extends z.ZodType>(
  path: string,
  { schema, longestBytes, what, log }: { schema: Schema; longestBytes: number; what: string; log: Log },
): OwnFile<z.infer<Schema>> {
  function load(): z.infer<Schema> {
    const found = lstatSync(path);
    const { size } = found;
    if (!found.isFile()) throw new Error('it is no file');
    if (size > longestBytes) throw new Error(`it has ${String(size)} bytes`);
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
  }

  return {
    read() {
      try {
        return load();
      } catch (error) {
        if (isAbsent(error)) return undefined;
        log.warn({ err: error, path }, `${what} could not be read; it is put aside and begun afresh`);
        putAside(path, log);
        return undefined;
      }
    },
    write(value) {
      const half = `${path}.new`;
      try {
        writeFileSync(half, `${JSON.stringify(value)}\n`, { mode: 0o600 });
        renameSync(half, path);
        return true;
      } catch (error) {
        log.warn({ err: error, path }, `${what} could not be written`);
        rmSync(half, { force: true });
        return false;
      }
    },
  };
}

/** Kept for whoever wants to know what was in it; the next broken one takes its place. */
function putAside(path: string, log: Log): void {
  try {
    renameSync(path, `${path}.broken`);
  } catch (error) {
    log.warn({ err: error, path }, 'a broken file could not be put aside');
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
