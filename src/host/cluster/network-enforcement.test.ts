import { expect, test } from 'vitest';
import { enforcementNote, enforcementOf } from './network-enforcement.ts';
import type { Enforcement } from './network-enforcement.ts';

test.each<[names: string[], version: string, found: Enforcement]>([
  [['kube-proxy', 'calico-node'], 'v1.37.2', 'kept'],
  [['rke2-canal'], 'v1.37.2+rke2r1', 'kept'],
  [['cilium'], 'v1.37.2', 'kept'],
  [['anetd-win'], 'v1.37.2-gke.1', 'kept'],
  [[], 'v1.37.2+k3s1', 'kept'],
  [['kube-proxy', 'kube-flannel-ds', 'my-kindnetwork'], 'v1.37.2', 'not kept'],
  // Only where its agent is switched on, which its DaemonSet does not tell by its name.
  [['aws-node'], 'v1.37.2-eks-1', 'not kept'],
  [[], 'v1.37.2', 'not kept'],
])('%j of %s: %s', (names, version, found) => {
  expect(enforcementOf(names, version)).toBe(found);
  expect(enforcementNote(found)?.code).toBe(found === 'kept' ? undefined : 'network_policy_not_kept');
});

test('where nobody lets us look, that is said', () => {
  expect(enforcementNote('unknown')).toMatchObject({
    code: 'network_policy_unknown',
    remedy: expect.stringContaining('daemonsets'),
  });
});
