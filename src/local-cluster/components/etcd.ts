import { join } from 'node:path';
import type { ClusterPlan } from '../cluster-plan.ts';
import { flags, kubernetesProgram, pkiFiles, type Component } from './component.ts';

/**
 * etcd asks for a client certificate even on loopback: everything in it, Secrets too, would be any local user's otherwise.
 */
export function etcd(plan: ClusterPlan): Component {
  const { certificate, key } = pkiFiles(plan, 'etcd');
  const authority = join(plan.paths.pki, 'etcd-ca.crt');
  const client = `https://${plan.address}:${plan.ports.etcd}`;
  const peer = `https://${plan.address}:${plan.ports.etcdPeer}`;
  const args = flags({
    name: plan.name,
    'data-dir': plan.paths.etcd,
    'listen-client-urls': client,
    'advertise-client-urls': client,
    'listen-peer-urls': peer,
    'initial-advertise-peer-urls': peer,
    'initial-cluster': `${plan.name}=${peer}`,
    'cert-file': certificate,
    'key-file': key,
    'trusted-ca-file': authority,
    'client-cert-auth': true,
    'peer-cert-file': certificate,
    'peer-key-file': key,
    'peer-trusted-ca-file': authority,
    'peer-client-cert-auth': true,
    'log-level': 'warn',
    // A cluster for tests may lose its last writes when the power fails; a person's may not.
    'unsafe-no-fsync': plan.level === 'control-plane' ? true : undefined,
  });
  return {
    name: 'etcd',
    command: kubernetesProgram(plan, 'etcd', args),
    files: [],
    health: {
      kind: 'https',
      port: plan.ports.etcd,
      path: '/readyz',
      authority: 'etcd-ca',
      client: 'apiserver-etcd-client',
    },
    graceMs: 10_000,
  };
}
