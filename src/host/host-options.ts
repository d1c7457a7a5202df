import type { Preset } from '#contract/image-defaults.ts';
import type { PeerOf } from './access/peer-of.ts';
import type { LocalClusterPort } from './cluster/local-cluster-port.ts';
import type { HostConfig, HostSettings } from './config/config.ts';
import type { Log } from './observability/log.ts';
import type { TailnetOptions } from './tailnet/open-tailnet.ts';

export interface HostOptions {
  config: HostConfig;
  /** What the command line said of it, and where each setting comes from; absent: read again when somebody asks. */
  settings?: Pick<HostSettings, 'flags' | 'report'>;
  log: Log;
  localCluster?: LocalClusterPort;
  /** How to be on a tailnet, and the program that does it; absent: on none. It is asked for when it is needed first. */
  tailnet?: TailnetOptions;
  version: string;
  /** Folder of the built UI served to browsers; absent: an explanatory page. */
  uiDir?: string;
  /** local: bring up the local cluster at once. */
  source?: 'auto' | 'local';
  /** Presets offered while the local cluster is in use: the images that it has. Configured presets win. */
  localPresets?: readonly Preset[];
  /** Where KUBECONFIG and the operator's settings are read from; the process's by default. */
  env?: NodeJS.ProcessEnv;
  /** Folder in which the user's own certificates are looked for; `./certs` by default. */
  certsDir?: string;
  /** Who of the tailnet holds a connection that came by this machine's own address; without it all are the local user's. */
  peerOf?: PeerOf;
}
