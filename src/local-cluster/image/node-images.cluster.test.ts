import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'vitest';
import { namespaceTest as test } from '#test/namespace.ts';
import { testCluster } from '#test/test-cluster.ts';
import { codeServerVersion } from '../versions.ts';
import { imageLayout } from './image-layout.ts';
import { writeImage } from './write-image.ts';

test('images are loaded under any name, listed, and removed unless they are needed', async ({ namespace }) => {
  const cluster = testCluster('node');
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-images-'));
  const name = `guildnet.local/${namespace.name}/a-name-with-hyphens-and-more-than-forty-columns:1.0-rc.1`;
  try {
    const archive = join(folder, 'image.tar');
    const settings = { entrypoint: ['/none'], user: '1000:1000', env: {}, workingDir: '/' };
    await writeImage(imageLayout(name, settings, [], process.arch), createWriteStream(archive));
    expect(await cluster.loadImage(archive)).toEqual([name]);
    // The same once more is no news to the node, and is told all the same.
    expect(await cluster.loadImage(archive)).toEqual([name]);
    const [listed, came] = [await cluster.images(), { name: 'guildnet.local/echo:1', loaded: false, own: true }];
    expect(listed).toContainEqual(expect.objectContaining({ name, loaded: true, own: false, usedBy: [] }));
    expect(listed).toContainEqual(expect.objectContaining(came));
    expect(listed.find((one) => one.name === `guildnet.local/code-server:${codeServerVersion}`)?.size).toBeGreaterThan(
      50_000_000,
    );

    const body = { metadata: { name: 'user' }, spec: { containers: [{ name: 'c', image: name }] } };
    await namespace.core.createNamespacedPod({ namespace: namespace.name, body });
    await expect(cluster.removeImage(name)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining(`pod user in namespace ${namespace.name}`) as string,
    });
    const used = (await cluster.images()).find((one) => one.name === name);
    expect(used?.usedBy).toEqual([`pod user in namespace ${namespace.name}`]);
    await namespace.core.deleteNamespacedPod({ namespace: namespace.name, name: 'user', gracePeriodSeconds: 0 });
    expect(await cluster.removeImage(name)).toBe(name);
    expect((await cluster.images()).map((one) => one.name)).not.toContain(name);
    await expect(cluster.removeImage(name)).rejects.toMatchObject({ code: 'not_found' });
    await expect(cluster.removeImage('guildnet.local/echo:1')).rejects.toMatchObject({ code: 'conflict' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
