import { access, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';

/** kubectl: the one that KUBECTL names, or the first on PATH. */
export async function findKubectl(env: NodeJS.ProcessEnv): Promise<string> {
  const named = env['KUBECTL'];
  const candidates =
    named === undefined ? (env['PATH'] ?? '').split(delimiter).map((folder) => join(folder, 'kubectl')) : [named];
  for (const candidate of candidates) {
    if (await isExecutable(candidate)) return candidate;
  }
  throw new GuildNetError('unsupported', 'There is no kubectl to compare with.', {
    remedy: 'Put kubectl on PATH, or name it in KUBECTL.',
  });
}

async function isExecutable(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}
