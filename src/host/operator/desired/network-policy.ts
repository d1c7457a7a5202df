import type { V1NetworkPolicyPeer, V1NetworkPolicySpec, V1ObjectMeta } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { exposureOf } from './exposure.ts';
import type { Exposure } from './exposure.ts';
import { ownedMeta } from './ownership.ts';

/** As it is on the wire: client-node's own type calls `from` something else. */
export interface NetworkPolicy {
  apiVersion: string;
  kind: string;
  metadata: V1ObjectMeta;
  spec: Omit<V1NetworkPolicySpec, 'ingress'> & { ingress: { from: V1NetworkPolicyPeer[] }[] };
}

/**
 * Keeps workspaces, which run foreign code, from reaching one another, and everybody else from them: nobody gets in but who the exposure
 * is for. That is an ingress controller, which is some pod that is no workspace, or the clients of a load balancer. What the node
 * itself brings (probes, port-forward, by which the host comes) always does. What a workspace connects to is not limited.
 * Undefined where `WORKSPACE_NETWORK_POLICY` is off.
 */
export function networkPolicy(workspace: Workspace, config: OperatorConfig): NetworkPolicy | undefined {
  if (config.networkPolicy === false) return undefined;
  const noWorkspace: V1NetworkPolicyPeer = {
    namespaceSelector: {},
    podSelector: { matchExpressions: [{ key: labels.managed, operator: 'DoesNotExist' }] },
  };
  // The clients of a load balancer come with addresses of their own.
  const anyone: V1NetworkPolicyPeer[] = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];
  const from: Record<Exposure['type'], V1NetworkPolicyPeer[]> = {
    ClusterIP: [],
    Ingress: [noWorkspace],
    LoadBalancer: [noWorkspace, ...anyone],
  };
  const allowed = from[exposureOf(workspace.spec, config).type];
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: ownedMeta(workspace),
    spec: {
      podSelector: { matchLabels: { [labels.id]: workspace.metadata.name } },
      policyTypes: ['Ingress'],
      // A rule that names nobody would let everybody in.
      ingress: allowed.length === 0 ? [] : [{ from: allowed }],
    },
  };
}
