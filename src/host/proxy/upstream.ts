import { GuildNetError } from '#contract/errors.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import type { ProxyAsk } from './forms/ask.ts';
import { resolveTarget } from './resolve.ts';
import type { Upstream } from './workspace-proxy.ts';

/** The pod that serves what is asked for now, and the tunnels to it, from the live view. Throws GuildNetError when there is none. */
export function upstreamOf(cluster: ClusterConnection, ask: ProxyAsk): Upstream {
  if (ask.kind === 'target') {
    throw new GuildNetError('unsupported', 'This form of the proxy is not served.', {
      remedy: 'Use /proxy/server/{id}/ with the id that /api/servers lists.',
    });
  }
  // The live view may be behind while the cluster does not answer for a moment; the tunnel itself will tell.
  const { world, tunnels } = cluster.openSession ?? cluster.session();
  const { id } = ask;
  const target = resolveTarget({
    ask,
    workspace: world.workspaces.get(id),
    service: world.services.get(id),
    pods: world.pods.byIndex(id),
  });
  return { target, tunnels: tunnels.to(target) };
}
