import { expect, test } from 'vitest';
import { localImagesSchema } from '#contract/local-cluster.ts';
import type { LocalClusterPort } from '../cluster/local-cluster-port.ts';
import { createLocalClusterDesk } from './local-images.ts';

const port = (phase: 'absent' | 'stopped' | 'running' | 'degraded', more: Partial<LocalClusterPort> = {}) => ({
  availability: () => ({ available: true }) as const,
  up: () => Promise.reject(new Error('not here')),
  down: () => Promise.resolve(),
  status: () => Promise.resolve({ phase }),
  ...more,
});

test('images say where they are from, and what keeps them', async () => {
  const images = () =>
    Promise.resolve([
      { name: 'guildnet.local/echo:1', loaded: false, own: true, size: 1_000, usedBy: [] },
      { name: 'docker.io/me/mine:1', loaded: true, own: false, usedBy: ['pod a in namespace dev'] },
      { name: 'docker.io/library/alpine:3', loaded: false, own: false, usedBy: [] },
    ]);
  const found = await createLocalClusterDesk(port('degraded', { images })).images();
  expect(found.map(({ origin }) => origin)).toEqual(['own', 'loaded', 'pulled']);
  expect(found[1]?.used_by).toEqual(['pod a in namespace dev']);
  expect(localImagesSchema.parse(found)).toEqual(found);
});

test('nothing is built or started for looking at images: of one that does not run there are none', async () => {
  const images = () => Promise.reject(new Error('asked all the same'));
  for (const phase of ['absent', 'stopped'] as const) {
    const desk = createLocalClusterDesk(port(phase, { images }));
    expect(await desk.view()).toEqual({ phase, available: true });
    await expect(desk.images()).rejects.toMatchObject({ code: 'conflict' });
    await expect(desk.remove('x')).rejects.toMatchObject({ code: 'conflict' });
  }
});

test('a build without a local cluster says so', async () => {
  const desk = createLocalClusterDesk(undefined);
  expect(await desk.view()).toMatchObject({ phase: 'absent', available: false });
  await expect(desk.load('/x.tar')).rejects.toMatchObject({ code: 'not_found' });
});
