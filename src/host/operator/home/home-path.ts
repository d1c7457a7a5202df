import type { WorkspaceSpec } from '#contract/workspace.ts';
import { looksLikeCodeServer } from '../desired/image.ts';

/** Where a home goes in an image whose own home nobody knows. */
const anyImagePath = '/home/workspace';

type HomeSpec = Pick<WorkspaceSpec, 'image' | 'home' | 'env'>;

/**
 * Where the home is mounted: where `home.mountPath` says, where the workspace's own HOME points to, or else where the images of that
 * kind keep their user's files. Known kinds: code-server (`/home/coder`) and Jupyter (`/home/jovyan`).
 */
export function homePath(spec: HomeSpec): string {
  return spec.home?.mountPath ?? givenHome(spec)?.path ?? knownHomePath(spec.image) ?? anyImagePath;
}

/** The HOME that the workspace's person gives it, with its path where that can be mounted at; undefined when there is none. */
export function givenHome({ env }: Pick<WorkspaceSpec, 'env'>): { path?: string } | undefined {
  const own = env?.find(({ name }) => name === 'HOME');
  if (own === undefined || (own.valueFrom === undefined && (own.value ?? '') === '')) return undefined;
  const path = own.value ?? '';
  // What is `/`, goes up, or is yet to be expanded is theirs to mount.
  const isPlain = /^\/[^:$]+$/.test(path) && !path.split('/').includes('..');
  return isPlain ? { path } : {};
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
