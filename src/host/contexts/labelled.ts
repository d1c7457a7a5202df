import type { Forward } from '#contract/forwards.ts';
import type { Home } from '#contract/home.ts';
import { qualifiedId } from '#contract/qualified-id.ts';
import type { Deleted, Server } from '#contract/server.ts';
import type { Share } from '#contract/shares.ts';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';

/** What is shown of another context than the one in use: the same, under ids that name the context. */
export interface Labelled {
  id(id: string): string;
  server(server: Server): Server;
  home(home: Home): Home;
  resource(resource: WorkspaceResource): WorkspaceResource;
  forward(forward: Forward): Forward;
  share(share: Share): Share;
  deleted(deleted: Deleted): Deleted;
}

/** The same answer for the same object: lists are written out once for each of their items. */
function remembered<Shown extends object>(make: (one: Shown) => Shown): (one: Shown) => Shown {
  const made = new WeakMap<Shown, Shown>();
  return (one) => {
    const known = made.get(one) ?? make(one);
    made.set(one, known);
    return known;
  };
}

/** `context`: its name in the kubeconfig. */
export function labelledBy(label: string, context: string): Labelled {
  const id = (name: string): string => qualifiedId(name, label);
  return {
    id,
    // Its name is what people are shown, and asked about before it is deleted.
    server: remembered((one) => ({ ...one, id: id(one.id), name: id(one.name), context })),
    home: remembered((one) => ({ ...one, id: id(one.id), context })),
    resource: remembered((one) => ({ ...one, id: id(one.id), context })),
    forward: (one) => ({ ...one, workspace: id(one.workspace) }),
    share: (one) => ({ ...one, workspace: id(one.workspace) }),
    deleted: ({ deleted, home }) => ({
      deleted: id(deleted),
      ...(home === undefined ? {} : { home: { ...home, id: id(home.id) } }),
    }),
  };
}
