import { GuildNetError } from '#contract/errors.ts';
import type { LocalClusterView, LocalImageView } from '#contract/local-cluster.ts';
import type { LocalClusterPort, LocalImage } from '../cluster/local-cluster-port.ts';

/** What is known of the local cluster and its images, and done with them; the host may work with another cluster meanwhile. */
export interface LocalClusterDesk {
  view(): Promise<LocalClusterView>;
  images(): Promise<LocalImageView[]>;
  load(archive: string): Promise<string[]>;
  remove(name: string): Promise<string>;
}

/** Rejects with `not_found` where this build has none, and with `conflict` for the images of one that does not run: nothing is wrong with this host. */
export function createLocalClusterDesk(port: LocalClusterPort | undefined): LocalClusterDesk {
  async function running(): Promise<LocalClusterPort> {
    if (port === undefined) throw noLocalCluster();
    const { phase } = (await port.status?.()) ?? { phase: 'absent' };
    if (phase === 'running' || phase === 'degraded') return port;
    throw new GuildNetError('conflict', 'The local cluster does not run, so that it has no node with images.', {
      remedy: 'Start it: guildnet cluster up',
    });
  }
  return {
    async view() {
      if (port === undefined) return { phase: 'absent', available: false, reason: noLocalCluster().message };
      const { phase } = (await port.status?.()) ?? { phase: 'absent' };
      return { phase, ...port.availability() };
    },
    images: async () => ((await (await running()).images?.()) ?? []).map(viewOf),
    load: async (archive) => {
      const names = await (await running()).loadImage?.(archive);
      if (names === undefined) throw noLocalCluster();
      return names;
    },
    remove: async (name) => {
      const removed = await (await running()).removeImage?.(name);
      if (removed === undefined) throw noLocalCluster();
      return removed;
    },
  };
}

function viewOf({ name, loaded, own, size, usedBy }: LocalImage): LocalImageView {
  return {
    name,
    origin: own ? 'own' : loaded ? 'loaded' : 'pulled',
    ...(size === undefined ? {} : { size }),
    used_by: usedBy,
  };
}

function noLocalCluster(): GuildNetError {
  return new GuildNetError('not_found', 'This build has no local cluster.', {
    remedy: 'Use a cluster of your own: set KUBECONFIG.',
  });
}
