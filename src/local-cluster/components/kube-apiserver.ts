import { join } from 'node:path';
import type { ClusterPlan } from '../cluster-plan.ts';
import { flags, kubernetesProgram, pkiFiles, type Component } from './component.ts';

const issuer = 'https://kubernetes.default.svc.cluster.local';

export function kubeApiserver(plan: ClusterPlan): Component {
  const pki = (file: string): string => join(plan.paths.pki, file);
  const serving = pkiFiles(plan, 'kube-apiserver');
  const kubelet = pkiFiles(plan, 'apiserver-kubelet-client');
  const frontProxy = pkiFiles(plan, 'front-proxy-client');
  const etcd = pkiFiles(plan, 'apiserver-etcd-client');
  const args = flags({
    'bind-address': plan.address,
    'secure-port': plan.ports.apiServer,
    'advertise-address': plan.address,
    // Loopback is no valid endpoint of the Service `kubernetes`, and at that level nobody would call it.
    'endpoint-reconciler-type': plan.level === 'control-plane' ? 'none' : undefined,
    'service-cluster-ip-range': plan.serviceCidr,
    'allow-privileged': true,
    'authorization-mode': 'Node,RBAC',
    'enable-admission-plugins': 'NodeRestriction',
    'client-ca-file': pki('ca.crt'),
    'tls-cert-file': serving.certificate,
    'tls-private-key-file': serving.key,
    'cert-dir': plan.paths.pki,
    'etcd-servers': `https://${plan.address}:${plan.ports.etcd}`,
    'etcd-cafile': pki('etcd-ca.crt'),
    'etcd-certfile': etcd.certificate,
    'etcd-keyfile': etcd.key,
    'service-account-issuer': issuer,
    'api-audiences': issuer,
    'service-account-key-file': pki('service-account.pub'),
    'service-account-signing-key-file': pki('service-account.key'),
    'kubelet-client-certificate': kubelet.certificate,
    'kubelet-client-key': kubelet.key,
    'kubelet-certificate-authority': pki('ca.crt'),
    'kubelet-preferred-address-types': 'InternalIP',
    'requestheader-client-ca-file': pki('front-proxy-ca.crt'),
    'requestheader-allowed-names': 'front-proxy-client',
    'requestheader-username-headers': 'X-Remote-User',
    'requestheader-group-headers': 'X-Remote-Group',
    'requestheader-extra-headers-prefix': 'X-Remote-Extra-',
    'proxy-client-cert-file': frontProxy.certificate,
    'proxy-client-key-file': frontProxy.key,
    // Aggregated API servers are called at their pods: the API server need not be able to reach Service addresses.
    'enable-aggregator-routing': true,
    profiling: false,
  });
  return {
    name: 'kube-apiserver',
    command: kubernetesProgram(plan, 'kube-apiserver', args),
    files: [],
    health: { kind: 'https', port: plan.ports.apiServer, path: '/readyz', authority: 'ca', client: 'admin' },
    graceMs: 10_000,
  };
}
