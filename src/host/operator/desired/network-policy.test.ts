import { describe, expect, test } from 'vitest';
import { operatorConfigFromEnv } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { networkPolicy } from './network-policy.ts';

const on = operatorConfigFromEnv({ WORKSPACE_NETWORK_POLICY: 'true' });
const noWorkspaces = {
  namespaceSelector: {},
  podSelector: { matchExpressions: [{ key: 'guildnet.io/managed', operator: 'DoesNotExist' }] },
};

describe('the NetworkPolicy', () => {
  test('is there only when it is asked for', () => {
    expect(networkPolicy(aWorkspace(), operatorConfigFromEnv({}))).toBeUndefined();
  });

  test('lets everything in but other workspaces, and everything out', () => {
    expect(networkPolicy(aWorkspace(), on)?.spec).toEqual({
      podSelector: { matchLabels: { 'guildnet.io/id': 'ws' } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [noWorkspaces] }],
    });
  });

  test('lets the clients of a load balancer in', () => {
    expect(networkPolicy(aWorkspace({ exposure: { type: 'LoadBalancer' } }), on)?.spec.ingress[0]?.from).toEqual([
      noWorkspaces,
      { ipBlock: { cidr: '0.0.0.0/0' } },
      { ipBlock: { cidr: '::/0' } },
    ]);
  });
});
