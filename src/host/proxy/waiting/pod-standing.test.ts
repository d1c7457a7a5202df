import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { Workspace } from '#contract/workspace.ts';
import { standingOf } from './pod-standing.ts';
import type { PodStanding } from './pod-standing.ts';

const workspace: Workspace = {
  metadata: { name: 'ws', namespace: 'dev', uid: 'w', resourceVersion: '1' },
  spec: { image: 'a' },
};

function pod(uid: string, { ready = true, more = {}, phase = 'Running', created = 1 } = {}): V1Pod {
  return {
    metadata: {
      name: uid,
      uid,
      creationTimestamp: new Date(created),
      labels: { 'guildnet.io/id': 'ws', 'pod-template-hash': 'h' },
      ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: 'ws-h', uid: 'r', controller: true }],
      ...more,
    },
    status: { phase, conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }] },
  };
}
const deleted = { more: { deletionTimestamp: new Date() } };

test.each<[what: string, pods: V1Pod[], is: PodStanding]>([
  ['it is there', [pod('a')], 'serving'],
  ['its container is being started again', [pod('a', { ready: false })], 'passed over'],
  ['a newer one is ready', [pod('a'), pod('b', { created: 2 })], 'passed over'],
  ['a newer one is not ready yet', [pod('a'), pod('b', { created: 2, ready: false })], 'serving'],
  ['it is being deleted, and still ready', [pod('a', deleted)], 'leaving'],
  ['it is gone', [pod('b')], 'leaving'],
  ['it was evicted', [pod('a', { phase: 'Failed', ready: false })], 'leaving'],
])('%s', (_what, pods, is) => {
  expect(standingOf('a', workspace, pods)).toBe(is);
});

test('of a workspace that is gone no pod serves', () => {
  expect(standingOf('a', undefined, [pod('a')])).toBe('passed over');
});
