import type { WorkspaceSpec } from '#contract/workspace.ts';
import { looksLikeCodeServer } from '../desired/image.ts';

/** Where a home goes in an image whose own home nobody knows. */
const anyImagePath = '/home/workspace';

/**
 * Where the home is mounted: where `home.mountPath` says, or else where the images of that kind keep their user's files.
 * Known kinds: code-server (`/home/coder`) and Jupyter (`/home/jovyan`).
 */
export function homePath(spec: Pick<WorkspaceSpec, 'image' | 'home'>): string {
  return spec.home?.mountPath ?? knownHomePath(spec.image) ?? anyImagePath;
}

/** The home of the images of a kind that we know, or undefined. */
export function knownHomePath(image: string): string | undefined {
  if (looksLikeCodeServer(image)) return '/home/coder';
  return looksLikeJupyter(image) ? '/home/jovyan' : undefined;
}

/** `quay.io/jupyter/base-notebook:…`, `jupyterhub/singleuser`, `example.org/team/jupyterlab@sha256:…`; the registry does not count. */
export function looksLikeJupyter(image: string): boolean {
  const segments = (image.split('@')[0] ?? '').split('/');
  const path = segments.length > 1 && /[.:]|^localhost$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
  return path.some((segment) => /jupyter/i.test(segment.split(':')[0] ?? ''));
}
