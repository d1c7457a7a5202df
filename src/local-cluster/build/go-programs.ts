import { kubernetesVersion } from '../versions.ts';

/** One Go module of the recipe and the programs built from it. */
export interface GoProgram {
  /** Name of its folder in the recipe and of its artefact. */
  name: string;
  /** For people: "Kubernetes 1.37.2". */
  title: string;
  /** Package to build → file it becomes. */
  packages: Readonly<Record<string, string>>;
  tags?: string;
  linkerValues?: Readonly<Record<string, string>>;
  /** Further names of a file: symbolic link → file. */
  links?: Readonly<Record<string, string>>;
}

const [major = '', minor = ''] = kubernetesVersion.split('.');
const versionPackages = ['k8s.io/component-base/version', 'k8s.io/client-go/pkg/version'];
const multiCallNames = [
  'etcd',
  'kube-apiserver',
  'kube-controller-manager',
  'kube-scheduler',
  'kubelet',
  'kube-proxy',
  'kubectl',
  'network-policies',
];

export const kubernetes: GoProgram = {
  name: 'kubernetes',
  title: `Kubernetes ${kubernetesVersion}`,
  packages: { '.': 'kube' },
  // No cloud providers, no Docker: neither is used here.
  tags: 'providerless,dockerless',
  linkerValues: Object.fromEntries(
    versionPackages.flatMap((path) => [
      [`${path}.gitVersion`, `v${kubernetesVersion}`],
      [`${path}.gitMajor`, major],
      [`${path}.gitMinor`, minor],
      [`${path}.gitTreeState`, 'clean'],
    ]),
  ),
  links: Object.fromEntries(multiCallNames.map((name) => [name, 'kube'])),
};

const containerdCommands = 'github.com/containerd/containerd/v2/cmd';
export const containerd: GoProgram = {
  name: 'containerd',
  title: 'containerd',
  packages: {
    [`${containerdCommands}/containerd`]: 'containerd',
    [`${containerdCommands}/containerd-shim-runc-v2`]: 'containerd-shim-runc-v2',
    [`${containerdCommands}/ctr`]: 'ctr',
  },
};

const plugins = 'github.com/containernetworking/plugins/plugins';
export const cniPlugins: GoProgram = {
  name: 'cni-plugins',
  title: 'the network plugins',
  packages: {
    [`${plugins}/main/ptp`]: 'ptp',
    [`${plugins}/main/loopback`]: 'loopback',
    [`${plugins}/ipam/host-local`]: 'host-local',
    [`${plugins}/meta/portmap`]: 'portmap',
  },
};

export const coredns: GoProgram = {
  name: 'coredns',
  title: 'CoreDNS',
  packages: { 'github.com/coredns/coredns': 'coredns' },
};

export const localPathProvisioner: GoProgram = {
  name: 'local-path-provisioner',
  title: 'the volume provisioner',
  packages: { 'github.com/rancher/local-path-provisioner': 'local-path-provisioner' },
};

export const nodeInit: GoProgram = {
  name: 'node-init',
  title: 'the node’s first process',
  packages: { '.': 'node-init' },
};

export const echo: GoProgram = { name: 'echo', title: 'the echo server', packages: { '.': 'echo' } };

export const goPrograms = [kubernetes, containerd, cniPlugins, coredns, localPathProvisioner, nodeInit, echo] as const;
