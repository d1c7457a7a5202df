import type { BuildContext } from '../build/artefact.ts';
import type { GoToolchain } from '../build/build-go-program.ts';
import type { LocalImage } from '../images.ts';
import { codeServerImage } from './code-server-image.ts';
import type { ImageManifest } from './image-layout.ts';
import { echoImage, pauseImage, shellImage } from './small-images.ts';

/** Makes the layers of the wanted images as far as the cache lacks them. The small ones come first: a cluster can start with them. */
export async function ensureImages(
  context: BuildContext,
  toolchain: () => Promise<GoToolchain>,
  wanted: readonly LocalImage[],
): Promise<ImageManifest[]> {
  const images = [await pauseImage(context, toolchain), await shellImage(context)];
  if (wanted.includes('echo')) images.push(await echoImage(context, toolchain));
  if (wanted.includes('codeServer')) images.push(await codeServerImage(context));
  return images;
}
