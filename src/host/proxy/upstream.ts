import type { ClusterConnection } from '../cluster/connection.ts';
import { resolveTarget } from './resolve.ts';
import type { Upstream } from './workspace-proxy.ts';

/** The pod that serves a workspace now, and the tunnels to it, from the live view. Throws GuildNetError when there is none. */
export function upstreamOf(cluster: ClusterConnection, id: string): Upstream {
  // The live view may be behind while the cluster does not answer for a moment; the tunnel itself will tell.
  const { world, tunnels } = cluster.openSession ?? cluster.session();
  const target = resolveTarget({
    id,
    workspace: world.workspaces.get(id),
    service: world.services.get(id),
    pods: world.pods.byIndex(id),
  });
  return { target, tunnels: tunnels.to(target) };
}
