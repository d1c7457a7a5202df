import type { V1ObjectMeta } from '@kubernetes/client-node';
import { labels, workspaceKind } from '#contract/workspace.ts';
import type { World } from '../kube/world.ts';

interface HasMeta {
  metadata?: V1ObjectMeta | { name: string } | undefined;
}

/**
 * Calls `wanted` with the name of every Workspace that may have to be looked at: its own changes and those of what belongs
 * to it, whatever they were; and all of them when the cluster is back. Returns the function that ends it.
 */
export function watchWorld(world: World, wanted: (workspace: string) => void): () => void {
  const owned = ({ object }: { object: HasMeta }): void => {
    const name = workspaceOf(object);
    if (name !== undefined) wanted(name);
  };
  const everything = (): void => {
    for (const workspace of world.workspaces.list()) wanted(workspace.metadata.name);
    // Homes whose Workspace is gone: their time may be over.
    for (const object of world.claims.list()) owned({ object });
  };
  const ends = [
    world.workspaces.onChange(({ object }) => wanted(object.metadata.name)),
    world.services.onChange(owned),
    world.onPods(wanted),
    world.deployments.onChange(owned),
    world.claims.onChange(owned),
    world.secrets.onChange(owned),
    world.ingresses.onChange(owned),
    world.policies.onChange(owned),
    world.events.onChange(({ object: { about } }) => {
      const object = about.kind === 'Pod' ? world.pods.get(about.name) : world.claims.get(about.name);
      if (object !== undefined) owned({ object });
    }),
    world.onState((state) => {
      if (state === 'online') everything();
    }),
    world.claims.onState((state) => {
      if (state === 'online') everything();
    }),
  ];
  everything();
  return () => {
    for (const end of ends) end();
  };
}

/**
 * The Workspace that an object belongs to: its controller, or for pods, whose controller is a ReplicaSet, and for homes,
 * which outlive it, the id label.
 */
export function workspaceOf(object: HasMeta): string | undefined {
  const metadata = object.metadata;
  if (metadata === undefined || !('ownerReferences' in metadata || 'labels' in metadata)) return undefined;
  const owner = metadata.ownerReferences?.find(
    (reference) => reference.controller === true && reference.kind === workspaceKind,
  );
  return owner?.name ?? metadata.labels?.[labels.id];
}
