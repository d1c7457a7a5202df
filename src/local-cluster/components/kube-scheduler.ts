import { join } from 'node:path';
import { nodePorts, type ClusterPlan } from '../cluster-plan.ts';
import { flags, kubernetesProgram, pkiFiles, type Component } from './component.ts';

export function kubeScheduler(plan: ClusterPlan): Component {
  const kubeconfig = join(plan.paths.kubeconfigs, 'kube-scheduler');
  const serving = pkiFiles(plan, 'kube-scheduler');
  const args = flags({
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': plan.address,
    'secure-port': nodePorts.scheduler,
    'tls-cert-file': serving.certificate,
    'tls-private-key-file': serving.key,
    'leader-elect': false,
    profiling: false,
  });
  return {
    name: 'kube-scheduler',
    command: kubernetesProgram(plan, 'kube-scheduler', args),
    files: [],
    health: { kind: 'https', port: nodePorts.scheduler, path: '/healthz', authority: 'ca' },
    graceMs: 5000,
  };
}
