import { createReadStream } from 'node:fs';
import type { Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack, type Pack } from 'tar-stream';
import type { ImageManifest } from './image-layout.ts';

/** Writes the image as a tar. Layers go from disk to `target` without a copy on the way. */
export async function writeImage(image: ImageManifest, target: Writable): Promise<void> {
  const archive = pack();
  const written = pipeline(archive, target);
  const filled = fill(archive, image);
  // Whichever fails first is the cause; the other one is ended by it.
  await Promise.all([written, filled.catch((error: Error) => archive.destroy(error))]);
}

async function fill(archive: Pack, image: ImageManifest): Promise<void> {
  await addText(archive, image.config);
  for (const { name, layer } of image.layers) {
    const entry = archive.entry({ name, size: layer.size });
    await pipeline(createReadStream(layer.file), entry);
  }
  await addText(archive, image.manifest);
  archive.finalize();
}

function addText(archive: Pack, { name, content }: { name: string; content: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    archive.entry({ name }, content, (error) => (error ? reject(error) : resolve()));
  });
}
