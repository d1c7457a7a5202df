import type { V1NetworkPolicyPeer, V1NetworkPolicySpec, V1ObjectMeta } from '@kubernetes/client-node';
import { labels } from '#contract/workspace.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { OperatorConfig } from '../config.ts';
import { exposureOf } from './exposure.ts';
import { ownedMeta } from './ownership.ts';

/** As it is on the wire: client-node's own type calls `from` something else. */
export interface NetworkPolicy {
  apiVersion: string;
  kind: string;
  metadata: V1ObjectMeta;
  spec: Omit<V1NetworkPolicySpec, 'ingress'> & { ingress: { from: V1NetworkPolicyPeer[] }[] };
}

/**
 * Keeps workspaces, which run foreign code, from reaching one another: only pods that are no workspaces get in, such as an ingress
 * controller's; what the kubelet brings (probes, port-forward) always does. What a workspace itself connects to is not
 * limited. Undefined unless `WORKSPACE_NETWORK_POLICY` asks for it.
 */
export function networkPolicy(workspace: Workspace, config: OperatorConfig): NetworkPolicy | undefined {
  if (!config.networkPolicy) return undefined;
  const noWorkspace: V1NetworkPolicyPeer = {
    namespaceSelector: {},
    podSelector: { matchExpressions: [{ key: labels.managed, operator: 'DoesNotExist' }] },
  };
  // The clients of a load balancer come with addresses of their own.
  const anyone: V1NetworkPolicyPeer[] = [{ ipBlock: { cidr: '0.0.0.0/0' } }, { ipBlock: { cidr: '::/0' } }];
  const open = exposureOf(workspace.spec, config).type === 'LoadBalancer';
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata: ownedMeta(workspace),
    spec: {
      podSelector: { matchLabels: { [labels.id]: workspace.metadata.name } },
      policyTypes: ['Ingress'],
      ingress: [{ from: [noWorkspace, ...(open ? anyone : [])] }],
    },
  };
}
