import { readFile } from 'node:fs/promises';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from './context.ts';

/** The key to a tailnet in this file, or on the standard input for `-`: on the command line, everybody here could read it. */
export async function readAuthKey({ stdin }: Pick<CliContext, 'stdin'>, file: string): Promise<string> {
  try {
    if (file !== '-') return (await readFile(file, 'utf8')).trim();
    const chunks: Buffer[] = [];
    for await (const chunk of stdin) chunks.push(Buffer.from(chunk as Uint8Array | string));
    return Buffer.concat(chunks).toString('utf8').trim();
  } catch (cause) {
    throw new GuildNetError('bad_config', `The key cannot be read: ${(cause as Error).message}.`, {
      remedy: 'Name a file that you may read.',
      cause,
    });
  }
}
