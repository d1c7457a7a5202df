import { asMap } from './merge.ts';
import type { Plural, Stored } from './stored.ts';
import { refusal } from './refusal.ts';

const claimProtection = 'kubernetes.io/pvc-protection';

/** What the API server adds to an object on its way in, and what it refuses; only what the operator could trip over. */
export function admitted(plural: Plural, object: Stored, before: Stored | undefined): Stored {
  refuseNewFinalizers(object, before);
  switch (plural) {
    case 'services':
      return withSpec(object, { clusterIP: '10.96.0.7', sessionAffinity: 'None', type: 'ClusterIP' });
    case 'deployments':
      return withSpec(object, { progressDeadlineSeconds: 600, revisionHistoryLimit: 10 });
    case 'workspaces':
      return withSpec(object, { running: true });
    case 'persistentvolumeclaims':
      return claim(object, before);
    default:
      return object;
  }
}

function withSpec(object: Stored, defaults: Record<string, unknown>): Stored {
  return { ...object, spec: { ...defaults, ...asMap(object.spec) } };
}

function claim(object: Stored, before: Stored | undefined): Stored {
  const made = withSpec(object, { storageClassName: 'local', volumeMode: 'Filesystem' });
  if (before === undefined) {
    const finalizers = [...(object.metadata.finalizers ?? []), claimProtection];
    return { ...made, metadata: { ...made.metadata, finalizers }, status: { phase: 'Pending' } };
  }
  const [old, wanted] = [asMap(before.spec), asMap(made.spec)];
  if (old['storageClassName'] !== wanted['storageClassName'])
    throw refusal(422, 'Invalid', 'spec is immutable after creation except resources.requests');
  return made;
}

function refuseNewFinalizers(object: Stored, before: Stored | undefined): void {
  if (before?.metadata.deletionTimestamp === undefined) return;
  const known = new Set(before.metadata.finalizers);
  const added = (object.metadata.finalizers ?? []).filter((one) => !known.has(one));
  if (added.length > 0)
    throw refusal(422, 'Invalid', `no new finalizers can be added to an object that is being deleted`);
}
