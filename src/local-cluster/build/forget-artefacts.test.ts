import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { artefactFolder, ensureArtefact } from './artefact.ts';
import { forgetArtefacts, forgottenArtefacts } from './forget-artefacts.ts';

const day = 24 * 60 * 60 * 1000;
const now = 1_000 * day;
const kept = [
  { name: 'kubernetes-new', usedAt: now },
  { name: 'kubernetes-young', usedAt: now - 29 * day },
  { name: 'kubernetes-old', usedAt: now - 31 * day },
  { name: 'cni-plugins-old', usedAt: now - 400 * day },
];

test.each([
  ['nothing of ours runs', ['/usr/bin/node'], ['kubernetes-old', 'cni-plugins-old']],
  ['what is wanted runs', ['/cache/kubernetes-new/kube'], ['kubernetes-old', 'cni-plugins-old']],
  ['one of the old runs', ['/cache/kubernetes-old/kube'], []],
  ['one whose name begins alike runs', ['/cache/kubernetes-older/kube'], ['kubernetes-old', 'cni-plugins-old']],
])('when %s', (_, programs, gone) => {
  expect(forgottenArtefacts('/cache', kept, programs, now)).toEqual(gone);
});

test('goes what nobody wanted for a month, also half of a build, and stays what was wanted since', async () => {
  const cacheDir = await mkdtemp(join(tmpdir(), 'guildnet-forget-'));
  onTestFinished(() => rm(cacheDir, { recursive: true }));
  const context = { cacheDir, recipeDir: '/nowhere', report: () => undefined };
  const long = new Date(Date.now() - 40 * day);
  for (const hash of ['old', 'wanted', 'half.unfinished', 'new']) {
    const folder = artefactFolder(cacheDir, 'thing', hash);
    await mkdir(folder, { recursive: true });
    await writeFile(join(folder, 'x'), 'built');
    if (hash !== 'new') await utimes(folder, long, long);
  }
  await ensureArtefact(context, 'thing', 'wanted', () => Promise.reject(new Error('it is there')));
  await forgetArtefacts(context);
  expect(await readdir(join(cacheDir, 'local-cluster'))).toEqual(['thing-new', 'thing-wanted']);
});

test('there need be nothing yet', async () => {
  const cacheDir = join(tmpdir(), 'guildnet-forget-none');
  await expect(forgetArtefacts({ cacheDir, report: () => undefined })).resolves.toBeUndefined();
});
