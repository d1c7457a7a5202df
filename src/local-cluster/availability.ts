import type { Level } from './cluster-interface.ts';

export type Availability = { available: true } | { available: false; reason: string; remedy: string };

/**
 * Whether a cluster of this level can run here. Pure: what matters about the machine comes in. `command`: the file of an installed
 * package's `guildnet`; undefined in a checkout, where npm runs it.
 */
export function availabilityOf(
  level: Level,
  machine: { platform: NodeJS.Platform; arch: string; root: boolean; command?: string | undefined },
): Availability {
  if (machine.platform !== 'linux') {
    return {
      available: false,
      reason: 'The local cluster runs on Linux only.',
      remedy:
        'Use a cluster of your own: set KUBECONFIG to its kubeconfig file, or make it the current context of ~/.kube/config.',
    };
  }
  if (machine.arch !== 'x64' && machine.arch !== 'arm64') {
    return {
      available: false,
      reason: `The local cluster runs on x64 and arm64, and this machine is ${machine.arch}.`,
      remedy: 'Use a cluster of your own: set KUBECONFIG to its kubeconfig file.',
    };
  }
  if (level === 'node' && !machine.root) {
    return {
      available: false,
      reason: 'The local cluster needs root: it makes namespaces, mounts and network interfaces.',
      // -E keeps HOME, so that the cluster is this person's and their GuildNet finds it.
      remedy:
        machine.command === undefined
          ? 'Run: sudo -E env "PATH=$PATH" npm run -s guildnet -- cluster up'
          : `Run: sudo -E "${machine.command}" cluster up`,
    };
  }
  return { available: true };
}
