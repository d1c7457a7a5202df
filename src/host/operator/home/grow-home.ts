import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { z } from 'zod';
import type { Failure } from '#contract/workspace.ts';
import type { OperatorKube } from '../../kube/clients.ts';
import { fromKubeError, statusOf } from '../../kube/errors.ts';
import type { LiveHome } from './live-home.ts';
import { cannotGrow } from './refusals.ts';

const classSchema = z.looseObject({ allowVolumeExpansion: z.boolean().optional() });

/** A claim that grows, one that has to wait until its volume exists, or why it cannot. */
export type Growth = { claim: V1PersistentVolumeClaim } | { failure: Failure } | { pending: true };

/**
 * Asks for a larger volume (https://kubernetes.io/docs/concepts/storage/persistent-volumes/#expanding-persistent-volumes-claims).
 * Whether it can be is asked first, so that a claim that cannot grow costs no refused write at every look.
 */
export async function growHome(
  { kube, live, signal }: { kube: OperatorKube; live: LiveHome; signal: AbortSignal },
  claim: V1PersistentVolumeClaim,
  size: string,
): Promise<Growth> {
  const from = claim.spec?.resources?.requests?.['storage'] ?? '';
  // Only the claim of a volume that exists may change; its binding is an event, and brings us back.
  if (claim.status?.phase !== 'Bound') return { pending: true };
  const storageClass = claim.spec?.storageClassName ?? '';
  if (storageClass === '')
    return {
      failure: cannotGrow(
        from,
        size,
        'its volume has no storage class',
        'Enlarge the volume by hand, or set home.size back.',
      ),
    };
  if ((await mayExpand(kube, storageClass, signal)) === false) {
    const remedy = `Set home.size back to ${from}, or let the class expand volumes if its driver can: kubectl patch storageclass ${storageClass} -p '{"allowVolumeExpansion":true}'`;
    return { failure: cannotGrow(from, size, `the storage class "${storageClass}" does not expand volumes`, remedy) };
  }
  try {
    return { claim: await live.patchClaim(claim, { size }) };
  } catch (error) {
    const code = statusOf(error)?.code;
    if (code !== 403 && code !== 422) throw error;
    const { message, remedy } = fromKubeError(error, 'enlarging the home');
    return { failure: cannotGrow(from, size, message, remedy ?? 'Set home.size back.') };
  }
}

/** Undefined when we may not look: storage classes belong to no namespace, and many users see none. */
async function mayExpand(kube: OperatorKube, name: string, signal: AbortSignal): Promise<boolean | undefined> {
  try {
    const path = `/apis/storage.k8s.io/v1/storageclasses/${encodeURIComponent(name)}`;
    return classSchema.parse(await kube.rest.json('GET', path, { signal })).allowVolumeExpansion === true;
  } catch (error) {
    const code = statusOf(error)?.code;
    if (code === 403) return undefined;
    if (code === 404) return false;
    throw error;
  }
}
