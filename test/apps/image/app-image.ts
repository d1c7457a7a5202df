import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { BuildContext } from '#local-cluster/build/artefact.ts';
import { debianLayer } from '#local-cluster/image/debian-layer.ts';
import { type ImageManifest, type Layer, imageLayout } from '#local-cluster/image/image-layout.ts';
import { debianPackagesLayer } from './debian-packages-layer.ts';
import { nodeLayer, npmLayer } from './node-layer.ts';
import { pythonLayer } from './python-layer.ts';
import { startLayer } from './start-layer.ts';

/** Recipes of the applications' images, a folder each. */
const recipes = fileURLToPath(new URL('../recipe', import.meta.url));

/** How an application's image is made; what its packages are stands in its recipe. */
export interface AppImage {
  /** Its recipe's folder, and where it lies in the image: /opt/<name>. */
  name: string;
  kind: 'python' | 'node' | 'debian';
  /** Debian's packages that it needs besides those of its kind. */
  packages?: readonly string[];
  /** The package of its recipe whose version is the application's; without one, `version` says it. */
  pinned?: string;
  version?: string;
  port: number;
}

/** The image on Debian, layer by layer; those that several applications need are made once. */
export async function appImage(context: BuildContext, app: AppImage): Promise<ImageManifest> {
  const recipe = join(recipes, app.name);
  const base = await debianLayer(context);
  const layers = [base, ...(await ownLayers(context, app, recipe, base)), await startLayer(context, app.name, recipe)];
  const settings = {
    entrypoint: [`/opt/${app.name}/start.sh`],
    user: '1000:1000',
    env: {
      PATH: `/opt/${app.name}/bin:/opt/node/bin:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin`,
      HOME: '/home/coder',
      LANG: 'C.UTF-8',
    },
    workingDir: '/home/coder',
    ports: [app.port],
  };
  const digest = createHash('sha256').update(JSON.stringify([layers.map((layer) => layer.diffId), settings]));
  // The tag tells another recipe apart, so that a cluster that has an older one is given the new one.
  const tag = `${await versionOf(app)}-${digest.digest('hex').slice(0, 8)}`;
  return imageLayout(`guildnet.local/test/${app.name}:${tag}`, settings, layers, process.arch);
}

async function ownLayers(context: BuildContext, app: AppImage, recipe: string, base: Layer): Promise<Layer[]> {
  const { name, packages = [] } = app;
  if (app.kind === 'node')
    return [await nodeLayer(context, join(recipes, 'node')), await npmLayer(context, name, recipe)];
  if (app.kind === 'debian') return [await debianPackagesLayer(context, base, name, packages)];
  const python = await debianPackagesLayer(context, base, 'python', ['python3-minimal', 'python3']);
  return [python, await pythonLayer(context, name, recipe, [base, python])];
}

/** The application's own version. */
export async function versionOf({ name, kind, pinned, version }: AppImage): Promise<string> {
  if (pinned === undefined) return version ?? '1';
  const [file, pattern] =
    kind === 'node' ? ['package.json', `"${pinned}": "([^"]+)"`] : ['requirements.txt', `^${pinned}==(\\S+)`];
  const found = new RegExp(pattern, 'm').exec(await readFile(join(recipes, name, file), 'utf8'))?.[1];
  if (found === undefined) throw new Error(`${file} of ${name} does not pin ${pinned}.`);
  return found;
}
