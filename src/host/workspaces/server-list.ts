import type { V1Pod } from '@kubernetes/client-node';
import type { Server } from '#contract/server.ts';
import { labels } from '#contract/workspace.ts';
import type { World } from '../kube/world.ts';
import { createLiveList } from './live-list.ts';
import { toServer } from './server-view.ts';
import type { IdeUrl } from './server-view.ts';
import type { Reason } from './use/evidence.ts';

export type ServerChange = { type: 'upsert'; server: Server } | { type: 'delete'; id: string };

export interface ServerList {
  /** Newest first, as a list that is launched into is read. */
  list(): readonly Server[];
  get(id: string): Server | undefined;
  /** Every change of what a person can see, once it is in the list. Returns the function that ends it. */
  onChange(listener: (change: ServerChange) => void): () => void;
  stop(): void;
}

function idOf(object: { metadata?: { labels?: Record<string, string> | undefined } | undefined }): string | undefined {
  return object.metadata?.labels?.[labels.id];
}

/** Of a workspace's pods the one to show: the newest that is not going away. */
function shownPod(pods: readonly V1Pod[]): V1Pod | undefined {
  const age = (pod: V1Pod): number => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  return pods.filter((pod) => pod.metadata?.deletionTimestamp === undefined).toSorted((a, b) => age(b) - age(a))[0];
}

/** The workspaces of a cluster as the API shows them, kept up to date from the live view. */
export function createServerList(world: World, ideUrl: IdeUrl, useOf: (id: string) => Reason | undefined): ServerList {
  const live = createLiveList<Server, ServerChange>({
    view(id) {
      const workspace = world.workspaces.get(id);
      if (workspace === undefined) return undefined;
      // Deployment and Service carry the workspace's name.
      const parts = {
        deployment: world.deployments.get(id),
        service: world.services.get(id),
        pod: shownPod(world.podsOf(id)),
      };
      return toServer(workspace, parts, { ideUrl, use: useOf(id) });
    },
    upserted: (server) => ({ type: 'upsert', server }),
    deleted: (id) => ({ type: 'delete', id }),
  });
  let sorted: readonly Server[] | undefined;
  // The first listener: whoever hears of a change after it finds it in the list.
  live.onChange(() => (sorted = undefined));
  const ends = [
    world.workspaces.onChange(({ object }) => live.look(object.metadata.name)),
    world.services.onChange(({ object }) => live.look(idOf(object))),
    world.onPods((id) => live.look(id)),
  ];
  for (const { metadata } of world.workspaces.list()) live.look(metadata.name);

  return {
    list: () => (sorted ??= live.values().toSorted(newestFirst)),
    get: live.get,
    onChange: live.onChange,
    stop() {
      for (const end of ends) end();
      live.close();
    },
  };
}

function newestFirst(a: Server, b: Server): number {
  return order(b.created_at ?? '', a.created_at ?? '') || order(a.id, b.id);
}

/** Of texts in which no language counts. */
function order(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
