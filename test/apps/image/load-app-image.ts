import type { TestNamespace } from '../../create-namespace.ts';
import { type AppImage, appImage } from './app-image.ts';
import { imageContext, loadImage } from './load-image.ts';

/** Makes the image unless it is cached, gives it to the tests' cluster unless that has it, and returns its name. */
export async function loadAppImage(cluster: Pick<TestNamespace, 'core'>, app: AppImage): Promise<string> {
  return loadImage(cluster, await appImage(imageContext(), app));
}
