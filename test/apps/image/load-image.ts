import { createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { progressLines } from '#cli/progress-lines.ts';
import type { BuildContext } from '#local-cluster/build/artefact.ts';
import type { ImageManifest } from '#local-cluster/image/image-layout.ts';
import { writeImage } from '#local-cluster/image/write-image.ts';
import { defaultPaths } from '#local-cluster/paths.ts';
import type { TestNamespace } from '../../create-namespace.ts';
import { testCluster } from '../../test-cluster.ts';

/** For images of tests: the cache of the local cluster's. */
export function imageContext(): BuildContext {
  return {
    cacheDir: defaultPaths(process.env).cache,
    recipeDir: fileURLToPath(new URL('../../../src/local-cluster/recipe', import.meta.url)),
    report: progressLines(),
  };
}

/** Gives the image to the tests' cluster unless that has it, and returns its name. */
export async function loadImage({ core }: Pick<TestNamespace, 'core'>, image: ImageManifest): Promise<string> {
  const { items } = await core.listNode();
  const present = items.flatMap((node) => node.status?.images ?? []).flatMap(({ names }) => names ?? []);
  if (present.includes(image.name)) return image.name;
  imageContext().report({ step: 'Importing images', detail: image.name });
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-image-'));
  try {
    const file = join(folder, 'image.tar');
    await writeImage(image, createWriteStream(file));
    await testCluster('node').loadImage(file);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return image.name;
}
