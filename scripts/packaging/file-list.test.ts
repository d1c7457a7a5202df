import { mkdir, mkdtemp, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { filesOf, listed, unpackedFolders } from './file-list.ts';

const sha256OfX = '2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881';

test('the list says what is there, in one order, and nothing of when it was written', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-files-'));
  try {
    await mkdir(join(folder, 'b'));
    await writeFile(join(folder, 'b', 'inner'), 'x');
    await writeFile(join(folder, 'a.txt'), 'x');
    await symlink('a.txt', join(folder, 'c'));
    const before = listed(await filesOf(folder));
    await utimes(join(folder, 'a.txt'), 1, 1);
    expect(listed(await filesOf(folder))).toBe(before);
    expect(before.split('\n').slice(0, 2)).toEqual([`${sha256OfX}  a.txt`, `${sha256OfX}  b/inner`]);
    expect((await filesOf(folder)).map(({ path, size }) => [path, size])).toEqual([
      ['a.txt', 1],
      ['b/inner', 1],
      ['c', 0],
    ]);
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('the folders of unpacked packages, by the names that electron-builder gives them', () => {
  const names = ['linux-unpacked', 'linux-arm64-unpacked', 'win-unpacked', 'mac', 'mac-arm64', 'staged', 'builder.yml'];
  expect(unpackedFolders(names)).toEqual([
    'linux-arm64-unpacked',
    'linux-unpacked',
    'mac',
    'mac-arm64',
    'win-unpacked',
  ]);
});
