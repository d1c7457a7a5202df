import type { ClusterState } from '#contract/cluster.ts';
import type { HostEvent } from '#contract/events.ts';
import type { Home } from '#contract/home.ts';
import type { Refusal } from '#contract/refusals.ts';
import type { HostStatus } from '#contract/host-status.ts';
import type { Server } from '#contract/server.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import type { WorkspaceChange } from '#contract/workspace-changes.ts';
import type { WorkspacePort } from '#contract/workspace-events.ts';
import type { WorkspacePage, WorkspaceResource } from '#contract/workspace-resource.ts';
import type { Shows } from './call-needs.ts';
import { clusterFor, statusFor, tailnetFor } from './host-shown-to.ts';
import type { Viewer } from './viewer.ts';

/** What is left of an answer for a peer, with the addresses at which they find what it is about. */
export const shownTo = {
  servers: (output: unknown, to: Viewer): unknown =>
    (output as Server[]).filter(({ id }) => to.sees(id)).map((one) => serverFor(one, to)),
  server: (output: unknown, to: Viewer): unknown => serverFor(output as Server, to),
  homes: (output: unknown, to: Viewer): unknown => homesFor(output as Home[], to),
  // A page may be shorter than it was asked to be; `next` goes on from there all the same.
  page(output: unknown, to: Viewer): unknown {
    const page = output as WorkspacePage;
    return { ...page, items: resourcesFor(page.items, to) };
  },
  resource: (output: unknown, to: Viewer): unknown => resourceFor(output as WorkspaceResource, to),
  patched(output: unknown, to: Viewer): unknown {
    const patched = output as { workspace: WorkspaceResource };
    return { ...patched, workspace: resourceFor(patched.workspace, to) };
  },
  ports: (output: unknown, { id, urls }: Viewer): unknown =>
    urls === undefined || id === undefined
      ? output
      : (output as WorkspacePort[]).map(({ url, ...port }) =>
          addressed(port, url === undefined ? undefined : urls.workspace(id, port.port)),
        ),
  events: (output: unknown, to: Viewer): unknown => eventsFor(output as AsyncIterable<HostEvent>, to),
  changes: (output: unknown, to: Viewer): unknown => changesFor(output as AsyncIterable<WorkspaceChange>, to),
  status: (output: unknown, to: Viewer): unknown => statusFor(output as HostStatus, to),
  cluster: (output: unknown, to: Viewer): unknown => clusterFor(output as ClusterState, to),
  tailnet: (output: unknown, to: Viewer): unknown => tailnetFor(output as TailnetState, to),
} satisfies Record<Shows, (output: unknown, to: Viewer) => unknown>;

function addressed<Shown extends object>(rest: Shown, url: string | undefined): Shown & { url?: string } {
  return url === undefined ? rest : { ...rest, url };
}

/** With what they may not do with it, where that is anything. */
function offered<Shown extends { id: string }>(one: Shown, { refused }: Viewer): Shown & { refused?: Refusal[] } {
  const refusals = refused(one.id);
  return refusals.length === 0 ? one : { ...one, refused: refusals };
}

function homesFor(homes: readonly Home[], to: Viewer): Home[] {
  return homes.filter(({ id }) => to.sees(id)).map((home) => offered(home, to));
}

function serverFor(server: Server, to: Viewer): Server {
  const { urls } = to;
  if (urls === undefined) return offered(server, to);
  const { ide_url: _own, ports, ...rest } = offered(server, to);
  const url = urls.workspace(server.id);
  return {
    ...rest,
    ...(url === undefined ? {} : { ide_url: url }),
    ...(ports === undefined
      ? {}
      : {
          ports: ports.map(({ url: own, ...port }) =>
            addressed(port, own === undefined ? undefined : urls.workspace(server.id, port.port)),
          ),
        }),
  };
}

function resourceFor(resource: WorkspaceResource, to: Viewer): WorkspaceResource {
  const { urls } = to;
  const one = offered(resource, to);
  if (urls === undefined) return one;
  return { ...one, status: { ...one.status, url: urls.workspace(one.id) ?? urls.control } };
}

function resourcesFor(items: readonly WorkspaceResource[], to: Viewer): WorkspaceResource[] {
  return items.filter(({ id }) => to.sees(id)).map((one) => resourceFor(one, to));
}

/**
 * The stream of all workspaces for somebody who sees some. It has no numbers: they would tell how much else happens, and who comes
 * back gets the list.
 */
export async function* changesFor(
  changes: AsyncIterable<WorkspaceChange>,
  to: Viewer,
): AsyncGenerator<WorkspaceChange, void, void> {
  let seen = new Set<string>();
  for await (const change of changes) {
    switch (change.type) {
      case 'list': {
        const items = resourcesFor(change.items, to);
        seen = new Set(items.map(({ id }) => id));
        yield { type: 'list', items };
        break;
      }
      case 'changed': {
        const { id } = change.workspace;
        if (to.sees(id)) {
          seen.add(id);
          yield { type: 'changed', workspace: resourceFor(change.workspace, to) };
        } else if (seen.delete(id)) yield { type: 'deleted', id };
        break;
      }
      case 'deleted':
        if (seen.delete(change.id)) yield { type: 'deleted', id: change.id };
        break;
      case 'notice':
        yield { type: 'notice', notice: change.notice, message: change.message };
        break;
    }
  }
}

/** A workspace that they may not see any more is deleted, for them; of one that they never saw nothing is said. */
export async function* eventsFor(events: AsyncIterable<HostEvent>, to: Viewer): AsyncGenerator<HostEvent, void, void> {
  const { sees } = to;
  const seen = { server: new Set<string>(), home: new Set<string>() };
  const look = (kind: keyof typeof seen, id: string): 'shown' | 'gone' | 'hidden' => {
    if (!sees(id)) return seen[kind].delete(id) ? 'gone' : 'hidden';
    seen[kind].add(id);
    return 'shown';
  };
  for await (const event of events) {
    switch (event.type) {
      case 'snapshot': {
        seen.server.clear();
        seen.home.clear();
        const servers = event.servers
          .filter(({ id }) => look('server', id) === 'shown')
          .map((one) => serverFor(one, to));
        const homes = event.homes.filter(({ id }) => look('home', id) === 'shown').map((home) => offered(home, to));
        yield { ...event, servers, homes, cluster: clusterFor(event.cluster, to) };
        break;
      }
      case 'upsert': {
        const { id } = event.server;
        const standing = look('server', id);
        if (standing === 'shown') yield { type: 'upsert', server: serverFor(event.server, to) };
        else if (standing === 'gone') yield { type: 'delete', id };
        break;
      }
      case 'home': {
        const { id } = event.home;
        const standing = look('home', id);
        if (standing === 'shown') yield { type: 'home', home: offered(event.home, to) };
        else if (standing === 'gone') yield { type: 'home-delete', id };
        break;
      }
      case 'delete':
        if (seen.server.delete(event.id)) yield event;
        break;
      case 'home-delete':
        if (seen.home.delete(event.id)) yield event;
        break;
      case 'cluster':
        yield { type: 'cluster', cluster: clusterFor(event.cluster, to) };
        break;
      case 'contexts':
        if (to.administers) yield event;
        break;
      case 'presets':
        yield event;
        break;
    }
  }
}
