import type { ClusterState } from '#contract/cluster.ts';
import type { HostEvent } from '#contract/events.ts';
import type { Server } from '#contract/server.ts';

/** What the desktop knows of the host's world. */
export interface World {
  readonly servers: ReadonlyMap<string, Server>;
  readonly cluster: ClusterState | undefined;
}

export const emptyWorld: World = { servers: new Map(), cluster: undefined };

/** The world after one event of the host. Pure; the world before it is left as it was. */
export function afterEvent(world: World, event: HostEvent): World {
  switch (event.type) {
    case 'snapshot':
      return { servers: new Map(event.servers.map((server) => [server.id, server])), cluster: event.cluster };
    case 'upsert':
      return { ...world, servers: new Map(world.servers).set(event.server.id, event.server) };
    case 'delete':
      return { ...world, servers: new Map([...world.servers].filter(([id]) => id !== event.id)) };
    case 'cluster':
      return { ...world, cluster: event.cluster };
    // The tray asks for them by itself.
    case 'presets':
    // Kept homes and the kubeconfig's contexts are shown by the page alone.
    case 'home':
    case 'home-delete':
    case 'contexts':
      return world;
  }
}

/** True when the workspace was not running and now is. */
export function cameToRun(id: string, before: World, after: World): boolean {
  return before.servers.get(id)?.phase !== 'Running' && after.servers.get(id)?.phase === 'Running';
}

/** True when the cluster answers and did not. */
export function cameOnline(before: World, after: World): boolean {
  return before.cluster?.phase !== 'online' && after.cluster?.phase === 'online';
}
