import { mkdir, readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { parse, stringify } from 'yaml';
import { GuildNetError } from '#contract/errors.ts';
import { replacePrivately } from '../private-file.ts';
import { overlaySchema } from './overlay.ts';
import type { Overlay } from './overlay.ts';

/** Written by us alone, so larger than that is none of ours. */
const mostBytes = 4 << 20;
const header = '# What was changed of the presets, by the window, the command line or the API.\n';

/** What a file holds; nothing where there is none. Throws `bad_config` naming what is wrong with it. */
export async function readOverlay(path: string): Promise<Overlay> {
  let value: unknown;
  try {
    if ((await stat(path)).size > mostBytes) throw new RangeError('it is too large');
    value = parse(await readFile(path, 'utf8')) ?? {};
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return {};
    throw unusable(path, (error as Error).message, error);
  }
  const parsed = overlaySchema.safeParse(value);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw unusable(
    path,
    `${issue?.path.map(String).join('.') ?? ''}: ${issue?.message ?? 'it is not valid'}`,
    parsed.error,
  );
}

function unusable(path: string, why: string, cause: unknown): GuildNetError {
  return new GuildNetError('bad_config', `${path} cannot be used: ${why}.`, {
    remedy: `Mend ${path}, or move it away to have the presets as they are offered.`,
    details: { file: path },
    cause,
  });
}

/** Only its owner can read it: presets may set variables. */
export async function writeOverlay(path: string, overlay: Overlay): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await replacePrivately(path, `${header}${stringify(overlay)}`);
}
