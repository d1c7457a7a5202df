import type { ClusterState } from '#contract/cluster.ts';
import type { HostStatus } from '#contract/host-status.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import type { Viewer } from './viewer.ts';
import { noAssetCache } from '../proxy/asset-cache/asset-cache.ts';

type Told = Pick<Viewer, 'administers' | 'urls'>;

/** The cluster for a peer: whether it is there. Where it is, and what is wrong with our way to it, is for those who run the host. */
export function clusterFor(state: ClusterState, { administers }: Told): ClusterState {
  if (administers) return state;
  const { phase, namespace, problem } = state;
  return {
    phase,
    ...(namespace === undefined ? {} : { namespace }),
    ...(problem === undefined
      ? {}
      : {
          problem: {
            code: problem.code,
            message: 'This host does not reach its cluster as it should.',
            remedy: 'Whoever runs the host is told why.',
          },
        }),
    local: { available: false },
  };
}

/** The tailnet for a peer: that they are here they know. By the login address anybody could make this host a device of theirs. */
export function tailnetFor({ login_url: _url, ...state }: TailnetState, { administers }: Told): TailnetState {
  if (administers) return state;
  const { mode, phase, name, addresses, url } = state;
  return {
    mode,
    phase,
    ...(name === undefined ? {} : { name }),
    ...(addresses === undefined ? {} : { addresses }),
    ...(url === undefined ? {} : { url }),
  };
}

/** The way to the workspaces for a peer: what it may cost them. What is wrong with the others is said in the words of the host's network. */
function transportFor({ kind, losses, ways }: HostStatus['transport']): HostStatus['transport'] {
  return { kind, losses, ways: ways.map((way) => ({ kind: way.kind, state: way.state })) };
}

/** How the host fares, for a peer: whether it can be worked with, and what versions speak. */
export function statusFor(status: HostStatus, to: Told): HostStatus {
  const url = to.urls?.control ?? status.url;
  const tailnet = tailnetFor(status.tailnet, to);
  if (to.administers) return { ...status, url, tailnet };
  const { started_at, ready, versions, lease, transport } = status;
  return {
    url,
    started_at,
    ready,
    versions,
    cluster: clusterFor(status.cluster, to),
    lease: { held_by: lease.held_by },
    transport: transportFor(transport),
    // How much others have opened is told by it.
    assets: { ...noAssetCache, state: status.assets.state },
    tailnet,
    degraded: [],
  };
}
