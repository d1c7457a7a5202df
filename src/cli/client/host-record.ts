import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { GuildNetError } from '#contract/errors.ts';
import { isSameProcess } from '#host/process-mark.ts';

/** What a running host leaves in `<home>/state/host.json`, so that commands find it. */
const hostRecordSchema = z.object({
  url: textOf(longest.url).check(z.url({ protocol: /^https$/ })),
  caFile: textOf(longest.path).min(1),
  pid: z.int().positive(),
  startedAt: textOf(longest.token).optional(),
  mark: textOf(longest.token).optional(),
});
export type HostRecord = z.infer<typeof hostRecordSchema>;

const howToStart =
  'Start it with "guildnet serve" or open the desktop app; another host is reached with --host and --ca.';

function notRunning(detail: string, cause?: unknown): GuildNetError {
  return new GuildNetError('not_ready', `No GuildNet host is running here${detail}.`, { remedy: howToStart, cause });
}

/**
 * The host that runs on this machine under this home folder. Throws `not_ready` when there is none, when the record is
 * left over from one that was killed, or when it is not ours to read.
 */
export async function readHostRecord(home: string): Promise<HostRecord> {
  const file = join(home, 'state', 'host.json');
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    throw notRunning(code === 'ENOENT' ? '' : `, or it is not yours: ${file} cannot be read (${code})`, error);
  }
  const parsed = hostRecordSchema.safeParse(parseJson(text));
  if (!parsed.success) throw notRunning(`: ${file} is not the record of one`, parsed.error);
  if (!(await isSameProcess(parsed.data.pid, parsed.data.mark))) {
    throw notRunning(`: the one that wrote ${file} (process ${parsed.data.pid}) has ended`);
  }
  return parsed.data;
}

/** `undefined` for what is not JSON: the schema then refuses it like any other wrong content. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
