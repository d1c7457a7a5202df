import type { V1PersistentVolumeClaim } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { StatusError } from '../../kube/transport-error.ts';
import { growHome } from './grow-home.ts';
import type { LiveHome } from './live-home.ts';

interface Cluster {
  bound?: boolean;
  storageClass?: string;
  /** What a look at the storage class answers. */
  expands?: boolean | 403 | 404 | 500;
  /** What the patch answers. */
  patch?: 403 | 422 | 409;
}

async function grow({ bound = true, storageClass = 'fast', expands = true, patch }: Cluster): Promise<unknown> {
  const claim: V1PersistentVolumeClaim = {
    spec: { storageClassName: storageClass, resources: { requests: { storage: '1Gi' } } },
    status: { phase: bound ? 'Bound' : 'Pending' },
  };
  const rest = {
    json: async () => {
      if (typeof expands === 'number') throw new StatusError(expands, { message: 'no' });
      return { allowVolumeExpansion: expands };
    },
    stream: () => Promise.reject(new Error('not asked for')),
  };
  const live = {
    patchClaim: async (_claim: V1PersistentVolumeClaim, { size }: { size?: string }) => {
      if (patch !== undefined) throw new StatusError(patch, { message: 'the driver says no' });
      return { metadata: { name: `grown to ${size ?? ''}` } };
    },
  } as Partial<LiveHome> as LiveHome;
  return growHome({ kube: { namespace: 'dev', rest }, live, signal: AbortSignal.timeout(1000) }, claim, '2Gi');
}

test.each<[string, Cluster, object]>([
  ['asks for the larger size', {}, { claim: { metadata: { name: 'grown to 2Gi' } } }],
  ['waits for the volume', { bound: false }, { pending: true }],
  ['says that the class does not expand', { expands: false }, { failure: { reason: 'HomeCannotGrow' } }],
  ['says that the class is gone', { expands: 404 }, { failure: { reason: 'HomeCannotGrow' } }],
  ['says that there is no class', { storageClass: '' }, { failure: { reason: 'HomeCannotGrow' } }],
  ['tries where it may not look', { expands: 403 }, { claim: { metadata: { name: 'grown to 2Gi' } } }],
  ['says what the cluster says', { expands: 403, patch: 403 }, { failure: { reason: 'HomeCannotGrow' } }],
  [
    'says what the driver says',
    { patch: 422 },
    { failure: { message: expect.stringContaining('the driver says no') as string } },
  ],
])('%s', async (_what, cluster, outcome) => {
  expect(await grow(cluster)).toMatchObject(outcome);
});

test.each<Cluster>([{ expands: 500 }, { patch: 409 }])(
  'what passes by itself is thrown, to be tried again',
  async (cluster) => {
    await expect(grow(cluster)).rejects.toBeInstanceOf(StatusError);
  },
);
