import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import type { Log } from '../observability/log.ts';
import { replacePrivately } from '../private-file.ts';
import { sessionSeconds } from './our-cookies.ts';

const fileSchema = listOf(z.strictObject({ session: textOf(longest.label), forgetAt: z.number() }), most.objects);

export interface EndedSessions {
  has(session: string): boolean;
  /** From now on, and after a restart. */
  add(session: string): Promise<void>;
}

/**
 * The sign-ins that people have ended. Signed cookies need no list of those that live; these few are remembered for as
 * long as their cookies would have lasted. `path` is a file in the state folder.
 */
export async function openEndedSessions(path: string, log: Log, now: () => number = Date.now): Promise<EndedSessions> {
  const ended = new Map<string, number>();
  try {
    for (const { session, forgetAt } of fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))) {
      if (forgetAt > now()) ended.set(session, forgetAt);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn(
        { err: error, file: path },
        'The list of ended sign-ins could not be read; remove session-key to end all',
      );
  }
  async function write(): Promise<void> {
    const list = [...ended].map(([session, forgetAt]) => ({ session, forgetAt }));
    await replacePrivately(path, JSON.stringify(list));
  }
  let writing = Promise.resolve();
  return {
    has: (session) => ended.has(session),
    add(session) {
      ended.set(session, now() + sessionSeconds * 1000);
      // One after the other, each whole: a reader never sees half a list. What became of the one before is its caller's to hear.
      writing = writing.then(write, write);
      return writing;
    },
  };
}
