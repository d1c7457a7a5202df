import type { Deleted } from '#contract/server.ts';
import { parseWorkspace } from '../kube/workspace-object.ts';
import { retainUntil } from '../operator/home/decide-home.ts';

/**
 * What is kept of a workspace, from the API server's answer to its deletion: that is the Workspace while its finalizer holds
 * it, and it says when it was deleted. One that never came to have a home is gone at once, and nothing is kept.
 */
export function keptHomeOf(answer: unknown): Deleted['home'] {
  const parsed = parseWorkspace(answer);
  if ('problem' in parsed || parsed.value.spec.home === undefined) return undefined;
  const { name, deletionTimestamp } = parsed.value.metadata;
  if (deletionTimestamp === undefined) return undefined;
  return { id: name, retained_until: retainUntil(parsed.value, new Date(deletionTimestamp)) };
}
