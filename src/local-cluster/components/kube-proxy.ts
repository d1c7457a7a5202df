import { join } from 'node:path';
import { nodePorts, type ClusterPlan } from '../cluster-plan.ts';
import { flags, kubernetesProgram, type Component } from './component.ts';

export function kubeProxy(plan: ClusterPlan): Component {
  const args = flags({
    kubeconfig: join(plan.paths.kubeconfigs, 'kube-proxy'),
    'hostname-override': plan.nodeName,
    'proxy-mode': 'iptables',
    'cluster-cidr': plan.podCidr,
    'bind-address': plan.address,
    'healthz-bind-address': `${plan.address}:${nodePorts.kubeProxyHealth}`,
    'metrics-bind-address': '127.0.0.1:10249',
    // Limits of connection tracking are the machine's, and not ours to set.
    'conntrack-max-per-core': 0,
    'conntrack-min': 0,
    'conntrack-tcp-timeout-established': '0s',
    'conntrack-tcp-timeout-close-wait': '0s',
    'oom-score-adj': 0,
  });
  return {
    name: 'kube-proxy',
    command: kubernetesProgram(plan, 'kube-proxy', args),
    files: [],
    health: { kind: 'http', port: nodePorts.kubeProxyHealth, path: '/healthz' },
    graceMs: 3000,
  };
}
