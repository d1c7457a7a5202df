import { existsSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** Where Firefox keeps its profiles on Linux: installed, as a snap, as a flatpak. */
const firefoxFolders = [
  '.mozilla/firefox',
  'snap/firefox/common/.mozilla/firefox',
  '.var/app/org.mozilla.firefox/.mozilla/firefox',
];

/** The databases of NSS of a person, by their home folder: those that are there. */
export async function nssDatabases(home: string): Promise<{ store: string; folder: string }[]> {
  const firefox = await Promise.all(
    firefoxFolders.map(async (place) => {
      const folder = join(home, place);
      return (await entriesOf(folder)).map((name) => ({ store: `Firefox (${name})`, folder: join(folder, name) }));
    }),
  );
  const chromium = { store: 'Chromium and Chrome', folder: join(home, '.pki', 'nssdb') };
  return [chromium, ...firefox.flat()].filter(({ folder }) => existsSync(join(folder, 'cert9.db')));
}

async function entriesOf(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (['ENOENT', 'ENOTDIR', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return [];
    throw error;
  }
}

/** The search path, and where root's programs are, which is in few people's. */
export function searchPath(env: NodeJS.ProcessEnv): string {
  return [env['PATH'] ?? '', '/usr/sbin', '/sbin'].filter((folder) => folder !== '').join(delimiter);
}

/** Whether a program of this name is there. */
export function hasProgram(program: string, env: NodeJS.ProcessEnv): boolean {
  const folders = searchPath(env).split(delimiter);
  return folders.some((folder) => folder !== '' && existsSync(join(folder, program)));
}
