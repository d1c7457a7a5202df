import type { StatePaths } from './paths.ts';

/** Where the built programs are. */
export interface Programs {
  /** Folder of the multi-call binary's names: etcd, kube-apiserver, …, kubectl. */
  kubernetes: string;
  /** The rest is there at node level only. */
  node?: NodePrograms;
}

export interface NodePrograms {
  /** Folder of containerd, its shim and ctr. */
  containerd: string;
  /** Folder of the CNI plugins. */
  cniPlugins: string;
  coredns: string;
  localPathProvisioner: string;
  nodeInit: string;
  runc: string;
}

export interface ClusterPorts {
  etcd: number;
  etcdPeer: number;
  apiServer: number;
  controllerManager: number;
}

/** Everything that is decided about a cluster before anything is started. Components read it, none writes it. */
export interface ClusterPlan {
  name: string;
  level: 'control-plane' | 'node';
  nodeName: string;
  /** Unique on this machine; what is left outside the node's own namespaces is found again by it. */
  machineName: string;
  /** Where all components listen: loopback at control-plane level, the node's own address otherwise. */
  address: string;
  ports: ClusterPorts;
  serviceCidr: string;
  serviceAddress: string;
  dnsAddress: string;
  podCidr: string;
  /** Folder below every cgroup hierarchy that holds this cluster's pods. */
  cgroupRoot: string;
  paths: StatePaths;
  programs: Programs;
}

export const clusterDomain = 'cluster.local';

/** Ports of components that only exist at node level, where the whole network is the cluster's own. */
export const nodePorts = {
  scheduler: 10259,
  kubelet: 10250,
  kubeProxyHealth: 10256,
  networkPolicies: 10258,
  dns: 53,
  dnsReady: 8181,
} as const;

/** Addresses inside a cluster. They never meet the host's network: at node level they live in a network namespace of their own. */
export const clusterNetwork = {
  serviceCidr: '10.96.0.0/16',
  serviceAddress: '10.96.0.1',
  dnsAddress: '10.96.0.10',
  podCidr: '10.244.0.0/24',
} as const;

export function serverUrl(plan: Pick<ClusterPlan, 'address' | 'ports'>): string {
  return `https://${plan.address}:${plan.ports.apiServer}`;
}
