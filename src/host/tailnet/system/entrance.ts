import { createServer } from 'node:net';
import type { Server, Socket } from 'node:net';
import type { Ends } from '../../access/handed-over.ts';
import type { Log } from '../../observability/log.ts';

/** Something that listens, and the connections that it has accepted. */
export interface Listening {
  /** Of where it listens. */
  readonly port: number;
  close(): void;
}

/** Listens at one place. Rejects with the system's error. */
export async function listenAt(
  { host, port }: { host: string; port: number },
  accept: (socket: Socket) => void,
  log: Log,
): Promise<Listening> {
  const sockets = new Set<Socket>();
  const server: Server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    socket.on('error', (error) => log.debug({ err: error }, 'A connection from the tailnet broke'));
    accept(socket);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen({ host, port, exclusive: true }, () => {
      server.off('error', reject);
      resolve();
    });
  });
  server.on('error', (error) => log.error({ err: error, host, port }, 'Listening for the tailnet failed'));
  const at = server.address();
  return {
    port: typeof at === 'object' && at !== null ? at.port : port,
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

/** Between whom a connection is that came to an address of this machine; undefined when it is over already. */
export function endsOfBound({ remoteAddress, remotePort, localAddress, localPort }: Socket): Ends | undefined {
  if (remoteAddress === undefined || remotePort === undefined || localAddress === undefined) return undefined;
  return {
    peer: { address: remoteAddress.replace(/^::ffff:/, ''), port: remotePort },
    own: { address: localAddress.replace(/^::ffff:/, ''), port: localPort ?? 0 },
  };
}
