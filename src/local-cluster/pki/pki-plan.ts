import type { CertificateRequest } from './certificate.ts';

export interface CertificatePlan extends CertificateRequest {
  file: string;
  authority: AuthorityName;
}

export const authorities = ['ca', 'front-proxy-ca', 'etcd-ca'] as const;
export type AuthorityName = (typeof authorities)[number];

/** Users whose certificate goes into a kubeconfig of the same name. */
export const kubeconfigUsers = [
  'admin',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'network-policies',
  'local-path-provisioner',
  'coredns',
] as const;

export interface PkiInputs {
  /** Where all components listen. */
  address: string;
  /** First address of the Service range: the Service `kubernetes`. */
  serviceAddress: string;
  nodeName: string;
}

const group = (text: string): { organizations: readonly string[] } => ({ organizations: [text] });

/**
 * Every certificate of a cluster, as kubernetes.io/docs/setup/best-practices/certificates lists them:
 * one authority each for the API, for aggregated API servers and for etcd, so that none opens another's door.
 */
export function pkiPlan({ address, serviceAddress, nodeName }: PkiInputs): CertificatePlan[] {
  const client = (
    file: string,
    commonName: string,
    more: { organizations?: readonly string[] } = {},
  ): CertificatePlan => ({
    file,
    authority: 'ca',
    commonName,
    usage: ['client'],
    ...more,
  });
  // The same certificate for calling and for being asked after one's health.
  const withServing = (plan: CertificatePlan): CertificatePlan => ({
    ...plan,
    usage: ['client', 'server'],
    dnsNames: ['localhost'],
    addresses: [...new Set(['127.0.0.1', address])],
  });
  return [
    {
      file: 'kube-apiserver',
      authority: 'ca',
      commonName: 'kube-apiserver',
      usage: ['server'],
      dnsNames: [
        'kubernetes',
        'kubernetes.default',
        'kubernetes.default.svc',
        'kubernetes.default.svc.cluster.local',
        'localhost',
      ],
      addresses: [...new Set(['127.0.0.1', address, serviceAddress])],
    },
    client('apiserver-kubelet-client', 'kube-apiserver-kubelet-client', group('system:masters')),
    { ...client('front-proxy-client', 'front-proxy-client'), authority: 'front-proxy-ca' },
    {
      file: 'etcd',
      authority: 'etcd-ca',
      commonName: 'etcd',
      usage: ['server', 'client'],
      dnsNames: ['localhost'],
      addresses: [...new Set(['127.0.0.1', address])],
    },
    { ...client('apiserver-etcd-client', 'apiserver-etcd-client'), authority: 'etcd-ca' },
    client('admin', 'guildnet-admin', group('system:masters')),
    withServing(client('kube-controller-manager', 'system:kube-controller-manager')),
    withServing(client('kube-scheduler', 'system:kube-scheduler')),
    {
      file: 'kubelet',
      authority: 'ca',
      commonName: `system:node:${nodeName}`,
      organizations: ['system:nodes'],
      usage: ['client', 'server'],
      dnsNames: [nodeName],
      addresses: [...new Set(['127.0.0.1', address])],
    },
    client('kube-proxy', 'system:kube-proxy'),
    client('network-policies', 'guildnet:network-policies'),
    client('local-path-provisioner', 'guildnet:local-path-provisioner'),
    client('coredns', 'guildnet:coredns'),
  ];
}
