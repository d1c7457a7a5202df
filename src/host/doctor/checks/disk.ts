import { statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { Finding } from '#contract/doctor.ts';
import { failed, ok, warning } from '../check.ts';
import type { Check } from '../check.ts';

const gibibyte = 2 ** 30;
/** State and logs need little; a local cluster with images and homes is another matter. */
const needed = gibibyte / 2;
const comfortable = 10 * gibibyte;

/** From the bytes that are left to this user. Pure. */
export function judgeDisk(free: number, folder: string): Finding {
  const left = `${(free / gibibyte).toFixed(1)} GiB are left where ${folder} is.`;
  if (free >= comfortable) return ok(left);
  const remedy = 'Make room, or set GUILDNET_HOME to a folder on another disk.';
  return free >= needed
    ? warning(`${left} A local cluster with its images and homes needs 10 GiB and more.`, remedy)
    : failed(`${left} GuildNet cannot keep its state and log for long.`, remedy);
}

/** Of the folder, or of the nearest above it that is there. */
async function freeAt(folder: string): Promise<number> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || dirname(folder) === folder) throw error;
    return freeAt(dirname(folder));
  }
}

export const disk: Check = {
  id: 'disk',
  title: 'Disk',
  check: async ({ home }) => [judgeDisk(await freeAt(home), home)],
};
