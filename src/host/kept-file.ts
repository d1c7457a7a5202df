import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { z } from 'zod';
import type { Log } from './observability/log.ts';
import { readIfThere, replacePrivately } from './private-file.ts';

/** What a host keeps for the next one in a file of its own: state, without which it works all the same. */
export interface KeptFile<T> {
  /** Undefined where there is none, or where it cannot be read, which the log says. */
  read(): Promise<T | undefined>;
  /** One at a time: what was said last is what stays. Never rejects: where it cannot be written it counts until the host ends, and the log says so. */
  keep(value: T): Promise<void>;
}

/** What the log says where the file cannot be read, or not be written: what of, and what counts then. */
export interface KeptFileWords {
  unreadable: string;
  unwritable: string;
}

/** `path` is this user's alone, as its folder is, which is made when it is missed. */
export function keptFile<T>(path: string, schema: z.ZodType<T>, words: KeptFileWords, log: Log): KeptFile<T> {
  let turn: Promise<void> = Promise.resolve();

  async function write(text: string): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await replacePrivately(path, text);
    } catch (error) {
      log.warn({ err: error, path }, words.unwritable);
    }
  }

  return {
    async read() {
      try {
        const text = await readIfThere(path);
        return text === undefined ? undefined : schema.parse(JSON.parse(text));
      } catch (error) {
        log.warn({ err: error, path }, words.unreadable);
        return undefined;
      }
    },
    keep(value) {
      const text = `${JSON.stringify(value)}\n`;
      turn = turn.then(() => write(text));
      return turn;
    },
  };
}
