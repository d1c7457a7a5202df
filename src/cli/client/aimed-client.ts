import type { ClusterState } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import type { HostEvent } from '#contract/events.ts';
import { qualifiedId, readQualifiedId } from '#contract/qualified-id.ts';
import type { HostClient } from '#contract/routes.ts';
import type { WorkspaceChange } from '#contract/workspace-changes.ts';
import { fieldsOf, isLaunch, namedIn, withName } from '#host/contexts/named-input.ts';

/** A context that is open beside the one that the host works with. */
export interface Aim {
  name: string;
  label: string;
  /** How it fares. */
  state: ClusterState;
}

type Call = (input: unknown, options?: object) => Promise<unknown>;

/**
 * The client of a host, as if it worked with this context: names without one are of it, lists and streams have what is in it, what is launched is
 * launched there. What is about the context in use alone throws `conflict`.
 */
export function aimedClient(client: HostClient, aim: Aim): HostClient {
  const at = (target: unknown, path: readonly string[]): unknown =>
    new Proxy(() => undefined, {
      get: (_target, part) =>
        typeof part === 'symbol' || part === 'then'
          ? undefined
          : at((target as Record<string, unknown>)[part], [...path, part]),
      apply: (_target, _self, [input, options]: [unknown, object?]) => call(target as Call, path, input, options),
    });
  async function call(make: Call, path: readonly string[], input: unknown, options?: object): Promise<unknown> {
    const name = path.join('.');
    if (name === 'all.stopAll' || name === 'all.adminStopAll') throw onlyInUse(aim);
    if (name === 'cluster.get') return aim.state;
    return only(name, await make(aimedInput(path, input, aim), options), aim);
  }
  return at(client, []) as HostClient;
}

/** The path of one of the host's WebSockets, of a workspace that is named without a context. */
export function aimedPath(path: string, { label }: Pick<Aim, 'label'>): string {
  return path.replace(/^(\/api\/workspaces\/)([^/?@%]+)(?=\/)/, (_all, before: string, id: string) => {
    return `${before}${encodeURIComponent(qualifiedId(id, label))}`;
  });
}

function onlyInUse({ name }: Aim): GuildNetError {
  return new GuildNetError('conflict', `This is about the context in use, which ${name} is not.`, {
    remedy: `Delete its workspaces one by one, or have the host work with it ("guildnet context use ${name}").`,
  });
}

function aimedInput(path: readonly string[], input: unknown, { name, label }: Aim): unknown {
  if (isLaunch(path)) return { ...fieldsOf(input), context: name };
  const called = path.join('.');
  const aimed = (id: string): string => (readQualifiedId(id).label === undefined ? qualifiedId(id, label) : id);
  for (const [call, field] of [
    ['access.canI', 'workspace'],
    ['proxy.debug', 'server'],
  ] as const) {
    const { [field]: id } = fieldsOf(input);
    if (called === call) return typeof id === 'string' ? { ...fieldsOf(input), [field]: aimed(id) } : input;
  }
  const id = namedIn(path, input);
  return id === undefined ? input : withName(path, input, aimed(id));
}

/** What of an answer is in the context. */
function only(name: string, output: unknown, { label }: Aim): unknown {
  const isThere = (id: string): boolean => readQualifiedId(id).label === label;
  switch (name) {
    case 'workspaces.list':
    case 'homes.list':
      return (output as { id: string }[]).filter(({ id }) => isThere(id));
    case 'forwards.list':
    case 'shares.list':
      return (output as { workspace: string }[]).filter(({ workspace }) => isThere(workspace));
    case 'resources.list': {
      const page = output as { items: { id: string }[] };
      return { ...page, items: page.items.filter(({ id }) => isThere(id)) };
    }
    case 'host.watch':
      return eventsOf(output as AsyncIterable<HostEvent>, isThere);
    case 'resources.follow':
      return changesOf(output as AsyncIterable<WorkspaceChange>, isThere);
    default:
      return output;
  }
}

async function* eventsOf(
  events: AsyncIterable<HostEvent>,
  isThere: (id: string) => boolean,
): AsyncGenerator<HostEvent> {
  for await (const event of events) {
    if (event.type === 'snapshot') {
      const servers = event.servers.filter(({ id }) => isThere(id));
      yield { ...event, servers, homes: event.homes.filter(({ id }) => isThere(id)) };
    } else if (
      event.type === 'upsert' ? isThere(event.server.id) : event.type === 'home' ? isThere(event.home.id) : true
    ) {
      if ('id' in event && !isThere(event.id)) continue;
      yield event;
    }
  }
}

async function* changesOf(
  changes: AsyncIterable<WorkspaceChange>,
  isThere: (id: string) => boolean,
): AsyncGenerator<WorkspaceChange> {
  for await (const change of changes) {
    if (change.type === 'list') yield { ...change, items: change.items.filter(({ id }) => isThere(id)) };
    else if (change.type === 'changed' ? isThere(change.workspace.id) : change.type !== 'deleted' || isThere(change.id))
      yield change;
  }
}
