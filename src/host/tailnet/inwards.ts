import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import type { Log } from '../observability/log.ts';
import type { Ends } from '../access/handed-over.ts';
import { readProxyHeader } from './proxy-header.ts';

/** Milliseconds in which a connection must say whose it is: it comes from a program of ours on this computer. */
const headerMs = 10_000;

export interface Inwards {
  /** `host:port` to which the node hands connections. */
  readonly address: string;
  close(): Promise<void>;
}

export interface InwardsOptions {
  secret: string;
  /** Takes over a connection from the tailnet; nothing of what the peer sent has been read. */
  onConnection(socket: Socket, ends: Ends): void;
  log: Log;
}

/** Listens on loopback for what the node hands on. Whoever cannot show the node's secret is not answered. */
export async function listenInwards({ secret, onConnection, log }: InwardsOptions): Promise<Inwards> {
  const sockets = new Set<Socket>();
  // What is typed in a terminal is small, and must not wait until there is more of it.
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    const broke = (error: Error): void => log.debug({ err: error }, 'A connection from the tailnet broke');
    socket.on('error', broke);
    const timer = setTimeout(() => socket.destroy(), headerMs);
    socket.once('close', () => clearTimeout(timer));
    let bytes = Buffer.alloc(0);
    const onReadable = (): void => {
      const chunk = socket.read() as Buffer | null;
      if (chunk === null) return;
      bytes = Buffer.concat([bytes, chunk]);
      const header = readProxyHeader(bytes, secret);
      if (header.kind === 'partial') return;
      clearTimeout(timer);
      socket.removeListener('readable', onReadable);
      if (header.kind === 'wrong') {
        log.warn({ why: header.why }, 'A connection that is not from the tailnet node was refused');
        socket.destroy();
        return;
      }
      const rest = bytes.subarray(header.length);
      if (rest.length > 0) socket.unshift(rest);
      onConnection(socket, header);
    };
    socket.on('readable', onReadable);
  });
  server.on('error', (error) => log.error({ err: error }, 'Listening for the tailnet node failed'));
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      server.removeListener('error', reject);
      resolve();
    });
  });
  return {
    address: `127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
