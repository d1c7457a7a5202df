import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import type { Home } from '#contract/home.ts';
import { homeOf, isHome, stampOf } from '../operator/home/home-claim.ts';
import { readRecord } from '../operator/home/home-record.ts';

/** A claim as the API shows it, or undefined when it is no home of ours. */
export function toHome(claim: V1PersistentVolumeClaim, workspaceExists: boolean): Home | undefined {
  const id = homeOf(claim);
  if (id === undefined || !isHome(claim)) return undefined;
  const { metadata, spec, status } = claim;
  const stamp = workspaceExists ? undefined : stampOf(claim);
  const image = readRecord(claim)?.spec.image;
  const size = status?.capacity?.['storage'] ?? spec?.resources?.requests?.['storage'];
  const storageClass = spec?.storageClassName;
  return {
    id,
    state: metadata?.deletionTimestamp !== undefined ? 'deleting' : workspaceExists ? 'used' : 'kept',
    ...(image === undefined ? {} : { image }),
    ...(size === undefined ? {} : { size }),
    ...(storageClass === undefined ? {} : { storage_class: storageClass }),
    ...(metadata?.creationTimestamp === undefined ? {} : { created_at: metadata.creationTimestamp.toISOString() }),
    ...(stamp?.readable === true ? { retained_until: stamp.at.toISOString() } : {}),
  };
}
