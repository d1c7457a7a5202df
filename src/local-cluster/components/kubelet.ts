import { join } from 'node:path';
import { stringify } from 'yaml';
import { clusterDomain, nodePorts, type ClusterPlan } from '../cluster-plan.ts';
import { flags, kubernetesProgram, pkiFiles, type Component } from './component.ts';

export function kubelet(plan: ClusterPlan): Component {
  const config = join(plan.paths.config, 'kubelet.yaml');
  const args = flags({
    config,
    kubeconfig: join(plan.paths.kubeconfigs, 'kubelet'),
    'root-dir': plan.paths.kubelet,
    'cert-dir': plan.paths.pki,
    'hostname-override': plan.nodeName,
    'node-ip': plan.address,
  });
  return {
    name: 'kubelet',
    command: kubernetesProgram(plan, 'kubelet', args),
    files: [{ path: config, content: kubeletConfig(plan) }],
    health: {
      kind: 'https',
      port: nodePorts.kubelet,
      path: '/healthz',
      authority: 'ca',
      client: 'apiserver-kubelet-client',
    },
    graceMs: 10_000,
  };
}

export function kubeletConfig(plan: ClusterPlan): string {
  const { certificate, key } = pkiFiles(plan, 'kubelet');
  const runtime = `unix://${plan.paths.containerdSocket}`;
  return stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    address: plan.address,
    port: nodePorts.kubelet,
    readOnlyPort: 0,
    healthzPort: 0,
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: join(plan.paths.pki, 'ca.crt') },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: certificate,
    tlsPrivateKeyFile: key,
    containerRuntimeEndpoint: runtime,
    imageServiceEndpoint: runtime,
    runtimeRequestTimeout: '2m',
    cgroupDriver: 'cgroupfs',
    cgroupRoot: plan.cgroupRoot,
    // Still what many machines have.
    failCgroupV1: false,
    failSwapOn: false,
    clusterDomain,
    clusterDNS: [plan.dnsAddress],
    resolvConf: plan.paths.resolvConf,
    podLogsDir: plan.paths.podLogs,
    volumePluginDir: join(plan.paths.kubelet, 'volume-plugins'),
    // The disk is the user's, and full for reasons of their own: preloaded images must not go, pods only at the very end.
    imageGCHighThresholdPercent: 100,
    evictionHard: {
      'memory.available': '100Mi',
      'nodefs.available': '1%',
      'imagefs.available': '1%',
      'nodefs.inodesFree': '1%',
    },
    // The default of ten seconds is what one would wait for the node to be Ready.
    nodeStatusUpdateFrequency: '1s',
    nodeStatusReportFrequency: '1m',
    syncFrequency: '10s',
    registerNode: true,
  });
}
