import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ensureArtefact, type BuildContext } from '../build/artefact.ts';
import type { Layer } from './image-layout.ts';
import type { Ownership } from './layer-entry.ts';
import { readLayer, writeLayer } from './write-layer.ts';

/**
 * A layer from what `fill` puts below `root`, cached under its name and the hash of what determines it; `work` is a folder
 * for what is needed on the way.
 */
export async function ensureLayer(
  context: BuildContext,
  name: string,
  hash: string,
  fill: (root: string, work: string) => Promise<void>,
  ownership: readonly Ownership[] = [],
): Promise<Layer> {
  const folder = await ensureArtefact(context, `layer-${name}`, hash, async (target) => {
    const work = await mkdtemp(join(target, 'work-'));
    const root = join(work, 'root');
    await mkdir(root);
    await fill(root, work);
    context.report({ step: `Packing the image layer ${name}` });
    await writeLayer(root, target, ownership);
    await rm(work, { recursive: true });
  });
  return await readLayer(folder);
}
