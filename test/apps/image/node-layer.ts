import { cp, mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import type { BuildContext } from '#local-cluster/build/artefact.ts';
import { recipeFiles, recipeHash } from '#local-cluster/build/recipe-hash.ts';
import { ensureLayer } from '#local-cluster/image/ensure-layer.ts';
import type { Layer } from '#local-cluster/image/image-layout.ts';
import { fetchNpmPackages } from './npm-packages.ts';

const npmFiles = ['package.json', 'package-lock.json', '.npmrc'];

/** The recipe's npm packages at /opt/<app>/node_modules, as its lock file pins them; none may run a script while it is installed. */
export async function npmLayer(context: BuildContext, app: string, recipe: string): Promise<Layer> {
  const files = (await recipeFiles(recipe)).filter(({ path }) => npmFiles.includes(path));
  const hash = recipeHash(files, { arch: process.arch, layout: 1 });
  return ensureLayer(context, `test-${app}-npm`, hash, async (root, work) => {
    const target = join(root, 'opt', app);
    await mkdir(target, { recursive: true });
    await rename(join(await fetchPackages(context, app, recipe, work), 'node_modules'), join(target, 'node_modules'));
  });
}

/** The Node of the recipe at /opt/node/bin/node. */
export async function nodeLayer(context: BuildContext, recipe: string): Promise<Layer> {
  const hash = recipeHash(await recipeFiles(recipe), { arch: process.arch, layout: 1 });
  return ensureLayer(context, 'test-node', hash, async (root, work) => {
    const packages = join(await fetchPackages(context, 'Node', recipe, work), 'node_modules');
    const bin = join(root, 'opt', 'node', 'bin');
    await mkdir(bin, { recursive: true });
    await cp(join(packages, `node-linux-${process.arch}`, 'bin', 'node'), join(bin, 'node'));
  });
}

async function fetchPackages(context: BuildContext, app: string, recipe: string, work: string): Promise<string> {
  const project = join(work, 'npm');
  await mkdir(project);
  for (const file of npmFiles) await cp(join(recipe, file), join(project, file));
  await fetchNpmPackages(context, app, project);
  return project;
}
