import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { isNoSuchAddress, isTaken, listenProblem } from './listen-problem.ts';
import { endpointText } from './local-place.ts';
import type { LocalPlace } from './local-place.ts';
import { listenPrivately } from './private-socket.ts';

/** What listens for one forward. */
export interface Listening {
  /** `127.0.0.1:5432`, `[::1]:5432`, or the path of a socket. */
  addresses: readonly string[];
  /** The port, where it is no socket. */
  port?: number;
  /** Listens no more. The connections that there are stay. */
  close(): Promise<void>;
}

export interface ListenHandlers {
  /** A client has come; its socket may be half open. */
  connection(socket: Socket): void;
  /** No connection can be taken for a moment: the process has too many files open, say. */
  error(error: Error): void;
}

type Ports = Extract<LocalPlace, { kind: 'port' }>;

/** A free port of one address may be taken at the other. */
const attempts = 20;

function newServer({ connection }: ListenHandlers): Server {
  return createServer({ allowHalfOpen: true, noDelay: true }, connection);
}

/** Opens one after the other, all at the same port; when one fails, none is left. */
async function listenAtAll({ hosts, port }: Ports, handlers: ListenHandlers): Promise<Server[]> {
  const servers: Server[] = [];
  let chosen = port;
  for (const { address, optional } of hosts) {
    const server = newServer(handlers);
    try {
      server.listen({ host: address, port: chosen, exclusive: true });
      // It rejects with what the system says instead.
      await once(server, 'listening');
      servers.push(server);
      chosen = (server.address() as AddressInfo).port;
    } catch (error) {
      if (optional && isNoSuchAddress(error)) continue;
      for (const one of servers) one.close();
      throw error;
    }
  }
  return servers;
}

async function listenAtPorts(place: Ports, handlers: ListenHandlers): Promise<Server[]> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await listenAtAll(place, handlers);
    } catch (error) {
      if (place.port === 0 && isTaken(error) && attempt < attempts) continue;
      const names = place.hosts.map(({ address }) => endpointText(address, place.port));
      throw listenProblem(error, names.join(' and '));
    }
  }
}

/** Listens at a place of this machine. Rejects with a GuildNetError that says why it cannot. */
export async function listenAt(place: LocalPlace, handlers: ListenHandlers): Promise<Listening> {
  if (place.kind === 'socket') {
    const server = newServer(handlers);
    try {
      const takeAway = await listenPrivately(server, place.path);
      server.on('error', handlers.error);
      return {
        addresses: [place.path],
        async close() {
          server.close();
          await takeAway();
        },
      };
    } catch (error) {
      server.close();
      throw listenProblem(error, place.path);
    }
  }
  const servers = await listenAtPorts(place, handlers);
  for (const server of servers) server.on('error', handlers.error);
  const own = servers.map((server) => server.address() as AddressInfo);
  const port = own[0]?.port ?? 0;
  return {
    addresses: own.map(({ address }) => endpointText(address, port)),
    port,
    async close() {
      for (const server of servers) server.close();
    },
  };
}
