import type { ReportProgress } from '#contract/progress.ts';
import type { ComponentName } from './components/component.ts';
import type { NodeImage } from './image/node-images.ts';
import type { LocalImage } from './images.ts';

export type Level = 'control-plane' | 'node';

export interface LocalClusterOptions {
  /** Lower-case name; two clusters of different names live side by side. */
  name: string;
  /** Folder of all state: etcd, PKI, logs, images, volumes, kubeconfig. */
  stateDir: string;
  /** Folder of built things, keyed by the recipe's content; shared by all clusters. */
  cacheDir: string;
  /** Folder of the recipe (`src/local-cluster/recipe` in a checkout, a resource in the packaged app). */
  recipeDir: string;
  level: Level;
  /** Images to have at node level; all of localImages by default. `pause` is always there. */
  images?: readonly LocalImage[];
}

export interface LocalClusterAccess {
  kubeconfigPath: string;
  server: string;
}

export interface LocalClusterStatus {
  name: string;
  /** `degraded`: some components run, some do not; `up` heals it. */
  phase: 'absent' | 'stopped' | 'running' | 'degraded';
  level?: Level;
  server?: string;
  kubeconfigPath?: string;
  components: { name: ComponentName; running: boolean; pid?: number }[];
}

export interface LocalCluster {
  /** Can it run here at all (Linux; root for level node)? `remedy` is the exact command to type. */
  availability(): { available: true } | { available: false; reason: string; remedy: string };
  /**
   * Builds what is missing, starts what is not running, heals; idempotent. Resolves when the node is Ready (control-plane: readyz
   * and the default ServiceAccount). `started` is false when it was already up.
   */
  up(options?: { report?: ReportProgress; signal?: AbortSignal }): Promise<LocalClusterAccess & { started: boolean }>;
  /** Stops everything; state is kept. Leaves no process, mount, network namespace, interface, iptables rule, cgroup. */
  down(options?: { report?: ReportProgress }): Promise<void>;
  /** down, then forgets the state (etcd, volumes, PKI). */
  reset(options?: { report?: ReportProgress }): Promise<void>;
  status(): Promise<LocalClusterStatus>;
  /** The admin kubeconfig's text; GuildNetError `no_cluster` when it was never up. */
  kubeconfig(): Promise<string>;
  /** Imports a docker-archive/OCI tar into the node's containerd. Returns the image names. */
  loadImage(tarPath: string): Promise<string[]>;
  /** The images of the node, by name. */
  images(): Promise<NodeImage[]>;
  /** Removes an image of the node; resolves with its whole name. GuildNetError `not_found`, or `conflict` when it is in use. */
  removeImage(name: string): Promise<string>;
  /** Ends one component hard (SIGKILL), for fault tests; `startComponent` brings it back and waits until healthy. */
  killComponent(name: ComponentName): Promise<void>;
  startComponent(name: ComponentName): Promise<void>;
}
