import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readIfThere, replacePrivately } from './private-file.ts';

test('a file is replaced whole, for its owner alone, and nothing is left beside it', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-private-file-'));
  try {
    const path = join(folder, 'settings');
    expect(await readIfThere(path)).toBeUndefined();
    await writeFile(path, 'before', { mode: 0o644 });
    // What a crash left, which others could read.
    const left = `${path}.${String(process.pid)}.new`;
    await writeFile(left, 'half');
    await chmod(left, 0o644);
    await replacePrivately(path, 'after');
    expect(await readIfThere(path)).toBe('after');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['settings']);
    // What cannot take its place is not left there.
    await mkdir(join(folder, 'a-folder'));
    await expect(replacePrivately(join(folder, 'a-folder'), 'text')).rejects.toThrow();
    expect((await readdir(folder)).toSorted()).toEqual(['a-folder', 'settings']);
    await expect(readIfThere(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
