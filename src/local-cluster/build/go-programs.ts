import { kubernetesVersion } from '../versions.ts';

/** Programs that are built together. */
export interface GoProgram {
  /** Name of their artefact. */
  name: string;
  /** Folder of their Go module in the recipe, where it is not called as they are. */
  module?: string;
  /** For people: "Kubernetes 1.37.2". */
  title: string;
  /** Package to build → file it becomes. Of several, each becomes what go calls it: the last part of its path. */
  packages: Readonly<Record<string, string>>;
  tags?: string;
  linkerValues?: Readonly<Record<string, string>>;
  /** Further names of a file: symbolic link → file. */
  links?: Readonly<Record<string, string>>;
}

/**
 * One module, so that one set of versions is chosen for all of them: Kubernetes, containerd, CoreDNS and the volume provisioner
 * have a third of their packages in common, which are fetched and compiled once.
 */
const module = 'programs';
/** No cloud providers, no Docker: neither is used here. The same for all, since packages compiled otherwise are others. */
const tags = 'providerless,dockerless';

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
  module,
  title: `Kubernetes ${kubernetesVersion}`,
  packages: { './kube': 'kube' },
  tags,
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

const containerd = 'github.com/containerd/containerd/v2/cmd';
const plugins = 'github.com/containernetworking/plugins/plugins';
/** What a node needs besides. */
export const node: GoProgram = {
  name: 'node',
  module,
  title: 'the node’s programs',
  packages: {
    [`${containerd}/containerd`]: 'containerd',
    [`${containerd}/containerd-shim-runc-v2`]: 'containerd-shim-runc-v2',
    [`${containerd}/ctr`]: 'ctr',
    [`${plugins}/main/ptp`]: 'ptp',
    [`${plugins}/main/loopback`]: 'loopback',
    [`${plugins}/ipam/host-local`]: 'host-local',
    [`${plugins}/meta/portmap`]: 'portmap',
    './coredns': 'coredns',
  },
  tags,
};

/** By itself: it imports logrus by its old name, containerd by the new one, and go refuses to build both at once. */
export const provisioner: GoProgram = {
  name: 'local-path-provisioner',
  module,
  title: 'the volume provisioner',
  packages: { 'github.com/rancher/local-path-provisioner': 'local-path-provisioner' },
  tags,
};

export const nodeInit: GoProgram = {
  name: 'node-init',
  title: 'the node’s first process',
  packages: { '.': 'node-init' },
};

export const echo: GoProgram = { name: 'echo', title: 'the echo server', packages: { '.': 'echo' } };

/** The folders of all modules. */
export const goModules = [module, nodeInit.name, echo.name] as const;
