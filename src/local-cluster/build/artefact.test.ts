import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { ensureArtefact, type BuildContext } from './artefact.ts';

let context: BuildContext;
beforeEach(async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'guildnet-artefact-'));
  context = { cacheDir, recipeDir: '/nowhere', report: () => undefined };
});
afterEach(() => rm(context.cacheDir, { recursive: true }));

it('is built once, and two that want it at the same time share it', async () => {
  let builds = 0;
  const build = async (folder: string): Promise<void> => {
    builds += 1;
    await writeFile(join(folder, 'x'), 'built');
  };
  const folders = await Promise.all([1, 2, 3].map(() => ensureArtefact(context, 'thing', 'abc', build)));
  expect(new Set(folders).size).toBe(1);
  expect(await readFile(join(folders[0] ?? '', 'x'), 'utf8')).toBe('built');
  expect(builds).toBe(1);
});

it('is not there after a build that failed, and is built anew', async () => {
  const failing = async (folder: string): Promise<void> => {
    await writeFile(join(folder, 'half'), '');
    throw new Error('no network');
  };
  await expect(ensureArtefact(context, 'thing', 'abc', failing)).rejects.toThrow('no network');
  const folder = await ensureArtefact(context, 'thing', 'abc', (target) => writeFile(join(target, 'x'), 'built'));
  await expect(readFile(join(folder, 'half'))).rejects.toThrow('ENOENT');
});
