import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { tailnetModes } from '#contract/tailnet.ts';
import type { TailnetMode } from '#contract/tailnet.ts';
import type { Log } from '../observability/log.ts';
import { readIfThere, replacePrivately } from '../private-file.ts';

const keptSchema = z.object({ mode: z.enum(tailnetModes) });

/** The mode that people have chosen by the API; undefined when nobody has, or when the file cannot be read, which the log says. */
export async function readKeptMode(file: string, log: Log): Promise<TailnetMode | undefined> {
  try {
    const text = await readIfThere(file);
    return text === undefined ? undefined : keptSchema.parse(JSON.parse(text)).mode;
  } catch (error) {
    log.warn({ err: error, file }, 'How this host was to be on a tailnet cannot be read; the configuration counts');
    return undefined;
  }
}

/** Where it cannot be written the choice counts until the host ends, and the log says so. */
export async function writeKeptMode(file: string, mode: TailnetMode, log: Log): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true, mode: 0o700 });
    await replacePrivately(file, JSON.stringify({ mode }));
  } catch (error) {
    log.warn({ err: error, file }, 'How this host is to be on a tailnet could not be written down');
  }
}
