import { imageReferenceProblem } from '#contract/image-reference.ts';
import type { Failure } from '#contract/workspace.ts';

/** Specification, "Operator Defaults & Hardening": `spec.image` is required, there is no default. Undefined when it will do. */
export function imageFailure(image: string): Failure | undefined {
  const problem = imageReferenceProblem(image);
  if (problem === undefined) return undefined;
  return {
    reason: 'InvalidImageName',
    message: problem,
    remedy: 'Set spec.image to an image reference such as "ghcr.io/owner/image:1.2".',
  };
}

/**
 * Specification: the code-server heuristic ("If image resembles code-server"). We look at the repository's path, not at
 * the registry or the tag: `codercom/code-server:4`, `localhost:5000/my-code-server@sha256:…`, `linuxserver/codeserver`.
 */
export function looksLikeCodeServer(image: string): boolean {
  const withoutDigest = image.split('@')[0] ?? '';
  const segments = withoutDigest.split('/');
  const last = (segments.pop() ?? '').split(':')[0] ?? '';
  const path = segments.length > 0 && /[.:]|^localhost$/.test(segments[0] ?? '') ? segments.slice(1) : segments;
  return [...path, last].some((segment) => /code-?server/i.test(segment));
}

/**
 * A moving tag is pulled each time, a fixed one only when absent: presence of the image is the largest part of a quick start. Where a
 * node has a moving one that no registry gave it, `../pull-policy.ts` says otherwise.
 */
export function imagePullPolicy(image: string): 'Always' | 'IfNotPresent' {
  if (image.includes('@')) return 'IfNotPresent';
  const tag = image.split('/').at(-1)?.split(':')[1];
  return tag === undefined || tag === 'latest' ? 'Always' : 'IfNotPresent';
}
