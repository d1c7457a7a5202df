import { createHash } from 'node:crypto';
import { chmod, cp, mkdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildContext } from '#local-cluster/build/artefact.ts';
import { recipeFiles, recipeHash } from '#local-cluster/build/recipe-hash.ts';
import { debianLayer } from '#local-cluster/image/debian-layer.ts';
import { ensureLayer } from '#local-cluster/image/ensure-layer.ts';
import { imageLayout } from '#local-cluster/image/image-layout.ts';
import type { ImageManifest, Layer } from '#local-cluster/image/image-layout.ts';
import { fetchNpmPackages } from '#test/apps/image/npm-packages.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
/** What of the sources runs in a pod: neither window nor page. */
const rooms = ['cli', 'contract', 'host', 'local-cluster'];
const place = join('opt', 'guildnet');

/** The image of `build/image/Containerfile`, made without a container's tools: this checkout's sources on the Node of its lock file. No UI. */
export async function hostImage(context: BuildContext): Promise<ImageManifest> {
  const layers = [await debianLayer(context), await packagesLayer(context), await sourcesLayer(context)];
  const settings = {
    entrypoint: ['guildnet'],
    user: '1000:1000',
    env: {
      NODE_ENV: 'production',
      PATH: '/opt/guildnet/bin:/opt/guildnet/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
    },
    workingDir: '/tmp',
    ports: [8443],
  };
  const digest = createHash('sha256').update(JSON.stringify([layers.map(({ diffId }) => diffId), settings]));
  return imageLayout(`guildnet.local/test/host:${digest.digest('hex').slice(0, 12)}`, settings, layers, process.arch);
}

async function packagesLayer(context: BuildContext): Promise<Layer> {
  const files = await Promise.all(
    ['package.json', 'package-lock.json', '.npmrc'].map(async (path) => ({
      path,
      content: await readFile(join(root, path)),
    })),
  );
  const hash = recipeHash(files, { arch: process.arch, layout: 1 });
  return ensureLayer(context, 'test-host-packages', hash, async (target, work) => {
    for (const { path } of files) await cp(join(root, path), join(work, path));
    await fetchNpmPackages(context, 'the host', work);
    await mkdir(join(target, place, 'node', 'bin'), { recursive: true });
    const node = join(work, 'node_modules', `node-linux-${process.arch}`, 'bin', 'node');
    await rename(node, join(target, place, 'node', 'bin', 'node'));
    await rename(join(work, 'node_modules'), join(target, place, 'node_modules'));
  });
}

async function sourcesLayer(context: BuildContext): Promise<Layer> {
  const found = await Promise.all(rooms.map((room) => recipeFiles(join(root, 'src', room))));
  const files = rooms.flatMap((room, index) =>
    (found[index] ?? [])
      .filter(({ path }) => !path.includes('.test.'))
      .map((file) => ({ ...file, path: join('src', room, file.path) })),
  );
  for (const path of ['package.json', join('build', 'image', 'guildnet')])
    files.push({ path, content: await readFile(join(root, path)) });
  return ensureLayer(context, 'test-host-sources', recipeHash(files, { layout: 1 }), async (target) => {
    for (const { path } of files) {
      const to = join(target, place, path === join('build', 'image', 'guildnet') ? join('bin', 'guildnet') : path);
      await mkdir(join(to, '..'), { recursive: true });
      await cp(join(root, path), to);
    }
    await chmod(join(target, place, 'bin', 'guildnet'), 0o755);
  });
}
