import type { V1OwnerReference, V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { ownPods } from './own-pods.ts';
import type { PodOwners } from './own-pods.ts';

const owner = (kind: string, name: string, uid: string, controller = true): V1OwnerReference => ({
  apiVersion: 'v1',
  kind,
  name,
  uid,
  controller,
});
const workspace = { metadata: { name: 'victim', uid: 'w' } };
const deployment = { metadata: { uid: 'd', ownerReferences: [owner('Workspace', 'victim', 'w')] } };
const sets: Record<string, { uid: string; owners: V1OwnerReference[] }> = {
  'victim-h': { uid: 'r', owners: [owner('Deployment', 'victim', 'd')] },
  // Somebody's own, under a name that a ReplicaSet of the victim's might have.
  'victim-x': { uid: 'x', owners: [owner('ConfigMap', 'mine', 'c')] },
  'victim-y': { uid: 'y', owners: [owner('Deployment', 'victim', 'another')] },
  'victim-z': { uid: 'z', owners: [] },
};
const seen: PodOwners = {
  workspace,
  deployment,
  replicaSet(name) {
    const found = sets[name];
    return found && { metadata: { name, uid: found.uid, ownerReferences: found.owners } };
  },
};
const unseen: PodOwners = { workspace, deployment, replicaSet: undefined };

function pod(owners: V1OwnerReference[], labels: Record<string, string> = {}): V1Pod {
  return { metadata: { ownerReferences: owners, labels: { 'guildnet.io/id': 'victim', ...labels } } };
}
const hash = (value: string): Record<string, string> => ({ 'pod-template-hash': value });

test.each<[what: string, pod: V1Pod, bySight: boolean, byName: boolean]>([
  ['the Deployment controller’s', pod([owner('ReplicaSet', 'victim-h', 'r')], hash('h')), true, true],
  ['the label alone', pod([]), false, false],
  ['the label and the hash', pod([], hash('h')), false, false],
  ['a reference that controls nothing', pod([owner('ReplicaSet', 'victim-h', 'r', false)], hash('h')), false, false],
  ['the right name with another uid', pod([owner('ReplicaSet', 'victim-h', 'made-up')], hash('h')), false, true],
  ['a ReplicaSet of somebody’s own', pod([owner('ReplicaSet', 'victim-x', 'x')], hash('x')), false, true],
  ['one of an earlier Deployment', pod([owner('ReplicaSet', 'victim-y', 'y')], hash('y')), false, true],
  ['one that has no owner', pod([owner('ReplicaSet', 'victim-z', 'z')], hash('z')), false, true],
  ['one that is not there', pod([owner('ReplicaSet', 'victim-q', 'q')], hash('q')), false, true],
  ['another kind', pod([owner('StatefulSet', 'victim-h', 'r')], hash('h')), false, false],
  ['a Deployment of a longer name', pod([owner('ReplicaSet', 'victim-2-h', 'r')], hash('h')), false, false],
  ['no template', pod([owner('ReplicaSet', 'victim-h', 'r')], hash('other')), true, false],
  [
    'another workspace’s label',
    pod([owner('ReplicaSet', 'victim-h', 'r')], { 'guildnet.io/id': 'b', ...hash('h') }),
    false,
    false,
  ],
])('a pod with %s', (_what, one, bySight, byName) => {
  expect(ownPods(seen, [one])).toEqual(bySight ? [one] : []);
  expect(ownPods(unseen, [one])).toEqual(byName ? [one] : []);
});

test.each<[what: string, deployment: PodOwners['deployment']]>([
  ['there is no Deployment', undefined],
  ['it is a stranger’s', { metadata: { uid: 'd' } }],
  ['it was an earlier Workspace’s', { metadata: { uid: 'd', ownerReferences: [owner('Workspace', 'victim', 'v')] } }],
])('no pod is believed where %s', (_what, other) => {
  const own = pod([owner('ReplicaSet', 'victim-h', 'r')], hash('h'));
  for (const owners of [seen, unseen]) expect(ownPods({ ...owners, deployment: other }, [own])).toEqual([]);
});
