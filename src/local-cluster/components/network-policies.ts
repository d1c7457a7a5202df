import { join } from 'node:path';
import { nodePorts, type ClusterPlan } from '../cluster-plan.ts';
import { flags, kubernetesProgram, type Component } from './component.ts';

/** Keeps NetworkPolicies by the node's packet filter; healthy once they are in force (`recipe/programs/networkpolicies`). */
export function networkPolicies(plan: ClusterPlan): Component {
  const args = flags({
    kubeconfig: join(plan.paths.kubeconfigs, 'network-policies'),
    'healthz-bind-address': `${plan.address}:${nodePorts.networkPolicies}`,
  });
  return {
    name: 'network-policies',
    command: kubernetesProgram(plan, 'network-policies', args),
    files: [],
    health: { kind: 'http', port: nodePorts.networkPolicies, path: '/healthz' },
    graceMs: 3000,
  };
}
