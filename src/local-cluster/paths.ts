import { homedir } from 'node:os';
import { join } from 'node:path';

/**
 * The folders a person's GuildNet uses unless told otherwise.
 * `home` holds what must not be lost (clusters, keys), `cache` what can be made again.
 */
export function defaultPaths(env: NodeJS.ProcessEnv): { home: string; cache: string } {
  const user = nonEmpty(env['HOME']) ?? homedir();
  return {
    home: nonEmpty(env['GUILDNET_HOME']) ?? join(user, '.guildnet'),
    cache: nonEmpty(env['GUILDNET_CACHE']) ?? join(nonEmpty(env['XDG_CACHE_HOME']) ?? join(user, '.cache'), 'guildnet'),
  };
}

/** Where the state of the cluster called `name` lives below `home`. */
export function defaultStateDir(home: string, name: string): string {
  return join(home, 'clusters', name);
}

/** Every path below a cluster's state folder, in one place so that no component invents its own. */
export function statePaths(stateDir: string) {
  const at = (...parts: string[]): string => join(stateDir, ...parts);
  return {
    root: stateDir,
    record: at('cluster.json'),
    pki: at('pki'),
    logs: at('logs'),
    processes: at('processes'),
    kubeconfigs: at('kubeconfigs'),
    adminKubeconfig: at('kubeconfig'),
    config: at('config'),
    etcd: at('etcd'),
    /** Node level only, from here on. */
    kubelet: at('kubelet'),
    podLogs: at('pod-logs'),
    containerdRoot: at('containerd'),
    containerdSocket: at('containerd.sock'),
    cniConfig: at('cni'),
    cniLeases: at('cni-leases'),
    volumes: at('volumes'),
    importedImages: at('imported-images.json'),
    resolvConf: at('config', 'resolv.conf'),
    temporary: at('tmp'),
  } as const;
}
export type StatePaths = ReturnType<typeof statePaths>;

function nonEmpty(value: string | undefined): string | undefined {
  return value === undefined || value === '' ? undefined : value;
}
