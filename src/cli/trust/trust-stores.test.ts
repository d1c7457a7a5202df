import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { expect, test } from 'vitest';
import { hasProgram, nssDatabases, searchPath } from './trust-stores.ts';

test('databases are found where browsers keep them, and only where there is one', async () => {
  const home = await mkdtemp(join(tmpdir(), 'guildnet-trust-'));
  try {
    expect(await nssDatabases(home)).toEqual([]);
    const folders = ['.pki/nssdb', '.mozilla/firefox/abc.default', '.mozilla/firefox/Crash Reports'];
    for (const folder of folders) await mkdir(join(home, folder), { recursive: true });
    for (const folder of folders.slice(0, 2)) await writeFile(join(home, folder, 'cert9.db'), '');
    expect(await nssDatabases(home)).toEqual([
      { store: 'Chromium and Chrome', folder: join(home, '.pki/nssdb') },
      { store: 'Firefox (abc.default)', folder: join(home, '.mozilla/firefox/abc.default') },
    ]);
    await writeFile(join(home, 'certutil'), '');
    expect(hasProgram('certutil', { PATH: home })).toBe(true);
    expect(hasProgram('no-such-program', { PATH: home })).toBe(false);
    expect(searchPath({ PATH: home })).toBe([home, '/usr/sbin', '/sbin'].join(delimiter));
  } finally {
    await rm(home, { recursive: true });
  }
});
