import type { V1Pod } from '@kubernetes/client-node';
import { isDeepStrictEqual } from 'node:util';
import type { Server } from '#contract/server.ts';
import { labels } from '#contract/workspace.ts';
import type { World } from '../kube/world.ts';
import { toServer } from './server-view.ts';

export type ServerChange = { type: 'upsert'; server: Server } | { type: 'delete'; id: string };

export interface ServerList {
  list(): Server[];
  get(id: string): Server | undefined;
  /** Every change of what a person can see, once it is in the list. Returns the function that ends it. */
  onChange(listener: (change: ServerChange) => void): () => void;
  stop(): void;
}

function idOf(object: { metadata?: { labels?: Record<string, string> | undefined } | undefined }): string | undefined {
  return object.metadata?.labels?.[labels.id];
}

/** Of a workspace's pods the one to show: the newest that is not going away. */
function shownPod(pods: readonly V1Pod[], id: string): V1Pod | undefined {
  const age = (pod: V1Pod): number => pod.metadata?.creationTimestamp?.getTime() ?? 0;
  return pods
    .filter((pod) => idOf(pod) === id && pod.metadata?.deletionTimestamp === undefined)
    .toSorted((a, b) => age(b) - age(a))[0];
}

/** The workspaces of a cluster as the API shows them, kept up to date from the live view. */
export function createServerList(world: World, ideUrl: (id: string) => string): ServerList {
  const servers = new Map<string, Server>();
  const listeners = new Set<(change: ServerChange) => void>();

  function tell(change: ServerChange): void {
    for (const listener of listeners) listener(change);
  }

  function look(id: string | undefined): void {
    if (id === undefined) return;
    const workspace = world.workspaces.get(id);
    if (workspace === undefined) {
      if (servers.delete(id)) tell({ type: 'delete', id });
      return;
    }
    // Deployment and Service carry the workspace's name.
    const live = {
      deployment: world.deployments.get(id),
      service: world.services.get(id),
      pod: shownPod(world.pods.list(), id),
    };
    const server = toServer(workspace, live, { ideUrl: ideUrl(id) });
    // Most changes of pods and Deployments show nowhere.
    if (isDeepStrictEqual(servers.get(id), server)) return;
    servers.set(id, server);
    tell({ type: 'upsert', server });
  }

  const ends = [
    world.workspaces.onChange(({ object }) => look(object.metadata.name)),
    world.deployments.onChange(({ object }) => look(idOf(object))),
    world.services.onChange(({ object }) => look(idOf(object))),
    world.pods.onChange(({ object }) => look(idOf(object))),
  ];
  for (const { metadata } of world.workspaces.list()) look(metadata.name);

  return {
    // Newest first, as a list that is launched into is read.
    list: () =>
      [...servers.values()].toSorted(
        (a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '') || a.id.localeCompare(b.id),
      ),
    get: (id) => servers.get(id),
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    stop() {
      for (const end of ends) end();
      listeners.clear();
    },
  };
}
