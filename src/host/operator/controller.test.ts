import { expect, test } from 'vitest';
import { workspaceOf } from './controller.ts';

const owner = { apiVersion: 'guildnet.io/v1alpha1', kind: 'Workspace', name: 'ws', uid: 'u', controller: true };

test.for([
  ['the owner', { ownerReferences: [owner] }, 'ws'],
  [
    'the id label of a pod, whose owner is a ReplicaSet',
    { labels: { 'guildnet.io/id': 'ws' }, ownerReferences: [{ ...owner, kind: 'ReplicaSet', name: 'ws-1' }] },
    'ws',
  ],
  ['the owner, whatever the label says', { labels: { 'guildnet.io/id': 'other' }, ownerReferences: [owner] }, 'ws'],
  ['nobody', { labels: {} }, undefined],
  ['nobody', undefined, undefined],
] as const)('an object belongs to %s', ([, metadata, name]) => {
  const object = metadata === undefined ? {} : { metadata: structuredClone(metadata) as never };
  expect(workspaceOf(object)).toBe(name);
});
