import { describe, expect, test } from 'vitest';
import { operatorConfigFromEnv } from '../config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { networkPolicy } from './network-policy.ts';

const on = operatorConfigFromEnv({});
const noWorkspaces = {
  namespaceSelector: {},
  podSelector: { matchExpressions: [{ key: 'guildnet.io/managed', operator: 'DoesNotExist' }] },
};

describe('the NetworkPolicy', () => {
  test('is there unless it is switched off', () => {
    expect(networkPolicy(aWorkspace(), operatorConfigFromEnv({ WORKSPACE_NETWORK_POLICY: 'off' }))).toBeUndefined();
    expect(networkPolicy(aWorkspace(), operatorConfigFromEnv({ WORKSPACE_NETWORK_POLICY: '1' }))).toBeDefined();
  });

  test('lets nobody in but the node, and everything out', () => {
    expect(networkPolicy(aWorkspace(), on)?.spec).toEqual({
      podSelector: { matchLabels: { 'guildnet.io/id': 'ws' } },
      policyTypes: ['Ingress'],
      ingress: [],
    });
  });

  test('lets an ingress controller in, and no workspace', () => {
    const exposed = aWorkspace({ exposure: { type: 'Ingress', domain: 'dev.example' } });
    expect(networkPolicy(exposed, on)?.spec.ingress).toEqual([{ from: [noWorkspaces] }]);
  });

  test('lets the clients of a load balancer in', () => {
    expect(networkPolicy(aWorkspace({ exposure: { type: 'LoadBalancer' } }), on)?.spec.ingress[0]?.from).toEqual([
      noWorkspaces,
      { ipBlock: { cidr: '0.0.0.0/0' } },
      { ipBlock: { cidr: '::/0' } },
    ]);
  });
});
