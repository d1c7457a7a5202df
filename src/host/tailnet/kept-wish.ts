import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import type { Log } from '../observability/log.ts';
import { replacePrivately } from '../private-file.ts';

const wishSchema = z.object({
  /** Whether this host is to be on the tailnet: a logout outlives a restart, and so does a login nobody configured. */
  wanted: z.boolean(),
  loginServer: textOf(longest.url).optional(),
});
/** What people have asked of the tailnet, by the API. */
export type Wish = z.infer<typeof wishSchema>;

/** Undefined when nobody has asked for anything, or when the file cannot be read, which the log says. */
export async function readWish(file: string, log: Log): Promise<Wish | undefined> {
  try {
    return wishSchema.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT')
      log.warn({ err: error, file }, 'What was asked of the tailnet cannot be read; the configuration counts');
    return undefined;
  }
}

/** `file` lies in a folder that is there. */
export function writeWish(file: string, wish: Wish): Promise<void> {
  return replacePrivately(file, JSON.stringify(wish));
}
