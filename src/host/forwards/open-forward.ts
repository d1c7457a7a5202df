import type { Socket } from 'node:net';
import type { Problem } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';
import { mostForwardConnections } from '#contract/forwards.ts';
import type { Forward } from '#contract/forwards.ts';
import type { Log } from '../observability/log.ts';
import type { ExchangeWatch } from '../proxy/traffic.ts';
import { ForwardedConnection } from './connection.ts';
import { listenAt } from './listen.ts';
import type { Listening } from './listen.ts';
import type { LocalPlace } from './local-place.ts';
import type { Reach, WorkspaceKey } from './reach.ts';
import type { Way } from './way.ts';

export interface OpenForward {
  readonly id: string;
  readonly workspace: WorkspaceKey;
  readonly port: number;
  /** Of any free port, the one that was found. */
  readonly place: LocalPlace;
  /** Connections that are open now. */
  readonly open: number;
  view(): Forward;
  /** Listens no more, and ends its connections. */
  stop(): Promise<void>;
}

export interface ForwardOptions {
  id: string;
  workspace: WorkspaceKey;
  port: number;
  place: LocalPlace;
  reach: Reach;
  way: Way;
  /** Is told of what passes, for each connection anew. */
  watch(): ExchangeWatch;
  log: Log;
  most?: number;
}

function problemOf({ code, message, remedy }: GuildNetError): Problem {
  return { code, message, ...(remedy === undefined ? {} : { remedy }) };
}

const unforeseen: Problem = {
  code: 'internal',
  message: 'A connection failed inside GuildNet; its log has the cause.',
};

/** Listens at a place of this machine and brings each connection to a port of a workspace. Rejects when nothing can listen there. */
export async function openForward(options: ForwardOptions): Promise<OpenForward> {
  const { id, workspace, port, place, reach, way, log, most = mostForwardConnections } = options;
  const clients = new Map<Socket, ForwardedConnection>();
  const counts = { total: 0, refused: 0 };
  const bytes = { to_workspace: 0, from_workspace: 0 };
  const createdAt = new Date().toISOString();
  let problem: Problem | undefined;

  function tell(error: unknown): void {
    const isOurs = error instanceof GuildNetError;
    problem = isOurs ? problemOf(error) : unforeseen;
    const line = { id, workspace: workspace.id, port, err: error };
    if (isOurs) log.info(line, 'A connection to a forwarded port got nowhere, or broke');
    else log.error(line, 'A connection to a forwarded port failed inside GuildNet');
  }

  /** Those that have left, as far as can be told, go first. */
  function makeRoom(): boolean {
    for (const [client, connection] of clients) {
      if (!connection.isFading) continue;
      clients.delete(client);
      client.destroy();
      return true;
    }
    return false;
  }

  function accept(client: Socket): void {
    counts.total += 1;
    if (clients.size >= most && !makeRoom()) {
      counts.refused += 1;
      client.on('error', () => undefined);
      if (client.remoteAddress === undefined) client.destroy();
      else client.resetAndDestroy();
      return;
    }
    const watch = options.watch();
    client.once('close', () => {
      clients.delete(client);
      watch.end();
    });
    const connection = new ForwardedConnection(client, {
      toWorkspace(chunk) {
        bytes.to_workspace += chunk.length;
        watch.fromClient(chunk);
      },
      fromWorkspace(chunk) {
        bytes.from_workspace += chunk.length;
        problem = undefined;
        watch.fromWorkspace(chunk);
      },
    });
    clients.set(client, connection);
    way.take({ workspace, port, connection }).catch((error: unknown) => {
      tell(error);
      connection.reset();
    });
  }

  const listening: Listening = await listenAt(place, {
    connection: accept,
    error: (error) => log.warn({ id, err: error }, 'A forward could not take a connection'),
  });

  return {
    id,
    workspace,
    port,
    place: place.kind === 'port' ? { ...place, port: listening.port ?? place.port } : place,
    get open() {
      return clients.size;
    },
    view() {
      const reached = reach(workspace);
      const why = reached.kind === 'nowhere' ? problemOf(reached.why) : problem;
      return {
        id,
        workspace: workspace.id,
        port,
        addresses: [...listening.addresses],
        ...(listening.port === undefined ? {} : { local_port: listening.port }),
        ...(place.kind === 'socket' ? { socket: place.path } : {}),
        exposed: place.kind === 'port' && place.exposed,
        state: reached.kind === 'pod' ? 'ready' : 'waiting',
        ...(why === undefined ? {} : { problem: why }),
        connections: { open: clients.size, ...counts },
        bytes: { ...bytes },
        created_at: createdAt,
      };
    },
    async stop() {
      // Those that are taken while it closes are ended as well.
      const closed = listening.close();
      for (const client of clients.keys()) client.destroy();
      await closed;
    },
  };
}
