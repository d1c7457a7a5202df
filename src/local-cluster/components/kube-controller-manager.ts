import { join } from 'node:path';
import type { ClusterPlan } from '../cluster-plan.ts';
import { flags, kubernetesProgram, pkiFiles, type Component } from './component.ts';

export function kubeControllerManager(plan: ClusterPlan): Component {
  const pki = (file: string): string => join(plan.paths.pki, file);
  const kubeconfig = join(plan.paths.kubeconfigs, 'kube-controller-manager');
  const serving = pkiFiles(plan, 'kube-controller-manager');
  const args = flags({
    kubeconfig,
    'authentication-kubeconfig': kubeconfig,
    'authorization-kubeconfig': kubeconfig,
    'bind-address': plan.address,
    'secure-port': plan.ports.controllerManager,
    'tls-cert-file': serving.certificate,
    'tls-private-key-file': serving.key,
    'client-ca-file': pki('ca.crt'),
    'root-ca-file': pki('ca.crt'),
    'cluster-name': plan.name,
    'cluster-signing-cert-file': pki('ca.crt'),
    'cluster-signing-key-file': pki('ca.key'),
    'service-account-private-key-file': pki('service-account.key'),
    'use-service-account-credentials': true,
    'leader-elect': false,
    // The defaults (20, 30) make people wait on a machine where the API server has one client.
    'kube-api-qps': 300,
    'kube-api-burst': 600,
    profiling: false,
  });
  return {
    name: 'kube-controller-manager',
    command: kubernetesProgram(plan, 'kube-controller-manager', args),
    files: [],
    health: { kind: 'https', port: plan.ports.controllerManager, path: '/healthz', authority: 'ca' },
    graceMs: 5000,
  };
}
