import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { World } from '../../kube/world.ts';
import { createLiveList } from '../live-list.ts';
import type { ServerList } from '../server-list.ts';
import type { ResourceChange, TrackedResources } from '../stream/workspace-stream.ts';
import { newestFirst } from './listed.ts';

export interface TrackOptions {
  world: Pick<World, 'workspaces' | 'onPods'>;
  servers: Pick<ServerList, 'onChange'>;
  shown(workspace: Workspace): WorkspaceResource;
  onChange(change: ResourceChange): void;
}

/** The workspaces as `/api/workspaces` shows them, kept up to date from the live view until it is stopped. */
export function trackResources({ world, servers, shown, onChange }: TrackOptions): TrackedResources {
  const live = createLiveList<WorkspaceResource, ResourceChange>({
    view(id) {
      const workspace = world.workspaces.get(id);
      return workspace === undefined ? undefined : shown(workspace);
    },
    upserted: (workspace) => ({ workspace }),
    deleted: (deleted) => ({ deleted }),
  });
  const ends = [
    world.workspaces.onChange(({ object }) => live.look(object.metadata.name)),
    world.onPods((id) => live.look(id)),
    servers.onChange((change) => live.look('server' in change ? change.server.id : change.id)),
  ];
  for (const { metadata } of world.workspaces.list()) live.look(metadata.name);
  live.onChange(onChange);

  return {
    list: () =>
      live
        .values()
        .toSorted((one, other) =>
          newestFirst({ created: one.created_at ?? '', id: one.id }, { created: other.created_at ?? '', id: other.id }),
        ),
    stop() {
      for (const end of ends) end();
      live.close();
    },
  };
}
