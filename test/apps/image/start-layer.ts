import { cp, mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BuildContext } from '#local-cluster/build/artefact.ts';
import { recipeFiles, recipeHash } from '#local-cluster/build/recipe-hash.ts';
import { ensureLayer } from '#local-cluster/image/ensure-layer.ts';
import type { Layer } from '#local-cluster/image/image-layout.ts';

/** What only says which packages are meant; the other layers are made from it. */
const pins = ['package.json', 'package-lock.json', '.npmrc', 'requirements.txt'];

/** The files of the recipe that are meant for the image as they are, at /opt/<app>; and a home folder that its user may write to. */
export async function startLayer(context: BuildContext, app: string, recipe: string): Promise<Layer> {
  const files = (await recipeFiles(recipe)).filter(({ path }) => !pins.includes(path));
  return ensureLayer(
    context,
    `test-${app}-start`,
    recipeHash(files, { layout: 1 }),
    async (root) => {
      await mkdir(join(root, 'home', 'coder'), { recursive: true });
      for (const { path } of files) {
        const target = join(root, 'opt', app, path);
        await mkdir(dirname(target), { recursive: true });
        await cp(join(recipe, path), target);
      }
    },
    [{ path: 'home/coder', uid: 1000, gid: 1000 }],
  );
}
