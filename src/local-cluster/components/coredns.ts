import { join } from 'node:path';
import { clusterDomain, nodePorts, type ClusterPlan, type NodePrograms } from '../cluster-plan.ts';
import { componentEnv, type Component } from './component.ts';

/** Runs on the node's own address; the Service `kube-dns` leads there. */
export function coredns(plan: ClusterPlan, programs: NodePrograms, upstream: readonly string[]): Component {
  const config = join(plan.paths.config, 'Corefile');
  return {
    name: 'coredns',
    command: { program: programs.coredns, args: ['-conf', config], env: componentEnv(plan) },
    files: [{ path: config, content: corefile(plan, upstream) }],
    health: { kind: 'http', port: nodePorts.dnsReady, path: '/ready' },
    graceMs: 3000,
  };
}

/** `upstream` are the name servers for the rest of the world; without any, only the cluster's own names resolve. */
export function corefile(plan: ClusterPlan, upstream: readonly string[]): string {
  const forward = upstream.length === 0 ? '' : `  forward . ${upstream.join(' ')}\n`;
  return `.:${nodePorts.dns} {
  bind ${plan.address}
  errors
  ready ${plan.address}:${nodePorts.dnsReady}
  kubernetes ${clusterDomain} in-addr.arpa {
    kubeconfig ${JSON.stringify(join(plan.paths.kubeconfigs, 'coredns'))}
    pods insecure
    ttl 5
  }
${forward}  cache 5
}
`;
}
