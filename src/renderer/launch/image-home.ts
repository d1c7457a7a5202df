import { createEffect, createResource, createSignal, onCleanup } from 'solid-js';
import type { HostClient } from '#contract/routes.ts';
import { imageReferenceProblem } from '#contract/image-reference.ts';

/** Nobody waits for it, and a reference is typed letter by letter. In milliseconds. */
const quietMs = 300;

/** Where HOME is in a workspace of the image that is typed, as the host says; undefined as long as that is not known. */
export function createImageHome(host: HostClient, image: () => string): () => string | undefined {
  const [settled, setSettled] = createSignal<string>();
  createEffect(() => {
    const text = image().trim();
    const timer = setTimeout(() => setSettled(imageReferenceProblem(text) === undefined ? text : undefined), quietMs);
    onCleanup(() => clearTimeout(timer));
  });
  const [defaults] = createResource(settled, (text) => host.images.defaults({ image: text }));
  // A host that cannot be asked says so elsewhere; here a hint is missing.
  return () => (settled() !== undefined && defaults.state === 'ready' ? defaults.latest.home_path : undefined);
}
