import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Deleted } from '#contract/server.ts';
import { parseWorkspace } from '../kube/workspace-object.ts';
import { retainUntil } from '../operator/home/decide-home.ts';

/**
 * What is kept of a workspace, from the API server's answer to its deletion: that is the Workspace while its finalizer holds
 * it, and it says when it was deleted. `claim`: its home, as far as is known. One that never came to have a home is gone at once, and nothing is kept.
 */
export function keptHomeOf(answer: unknown, claim: V1PersistentVolumeClaim | undefined): Deleted['home'] {
  const parsed = parseWorkspace(answer);
  if ('problem' in parsed || parsed.value.spec.home === undefined) return undefined;
  const { name, deletionTimestamp } = parsed.value.metadata;
  if (deletionTimestamp === undefined) return undefined;
  const until = retainUntil(parsed.value, new Date(deletionTimestamp), claim);
  // A person's word, such as `never`, is no time.
  return Number.isNaN(Date.parse(until)) ? { id: name } : { id: name, retained_until: until };
}
