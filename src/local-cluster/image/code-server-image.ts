import { chmod, copyFile, mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '../build/artefact.ts';
import { recipeFiles, recipeHash } from '../build/recipe-hash.ts';
import { localImages } from '../images.ts';
import { installCodeServer } from './code-server-layer.ts';
import { debianLayer } from './debian-layer.ts';
import { ensureLayer } from './ensure-layer.ts';
import { imageLayout, type ImageManifest } from './image-layout.ts';

const home = 'home/coder';

/**
 * code-server on Debian, in three layers by how often they change: the system, code-server itself, and our start of it.
 * Each is an artefact of its own, so that a change of the last does not build the others again.
 */
export async function codeServerImage(context: BuildContext): Promise<ImageManifest> {
  const recipe = join(context.recipeDir, 'code-server');
  const files = await recipeFiles(recipe);
  const isNpm = ({ path }: { path: string }): boolean => ['package.json', 'package-lock.json', '.npmrc'].includes(path);
  const layers = [
    await debianLayer(context),
    await ensureLayer(
      context,
      'code-server',
      recipeHash(files.filter(isNpm), { arch: process.arch, layout: 1 }),
      (root, work) => installCodeServer(recipe, root, work, context),
    ),
    await ensureLayer(
      context,
      'code-server-start',
      recipeHash(
        files.filter((file) => !isNpm(file)),
        { layout: 1 },
      ),
      (root) => addStart(recipe, root),
      [{ path: home, uid: 1000, gid: 1000 }],
    ),
  ];
  const settings = {
    entrypoint: ['/opt/guildnet/entrypoint.sh'],
    user: '1000:1000',
    env: {
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      HOME: `/${home}`,
      SHELL: '/bin/bash',
      LANG: 'C.UTF-8',
    },
    workingDir: `/${home}`,
    ports: [8080],
  };
  return imageLayout(localImages.codeServer, settings, layers, process.arch);
}

async function addStart(recipe: string, root: string): Promise<void> {
  const folder = join(root, 'opt', 'guildnet');
  await mkdir(folder, { recursive: true });
  await mkdir(join(root, home), { recursive: true });
  await copyFile(join(recipe, 'settings.json'), join(folder, 'settings.json'));
  await copyFile(join(recipe, 'entrypoint.sh'), join(folder, 'entrypoint.sh'));
  await chmod(join(folder, 'entrypoint.sh'), 0o755);
}
