import type { Socket } from 'node:net';
import { markHandedOver } from '../access/handed-over.ts';
import type { Ends } from '../access/handed-over.ts';
import type { KeyPair } from '../certs/authority.ts';
import { createHttpsFront } from './https-front.ts';
import type { HttpsFrontOptions } from './https-front.ts';

export interface HandedOverHttps {
  /** Takes over a connection of which nothing has been read. One that comes before there is a certificate ends. */
  take(socket: Socket, ends: Ends): void;
  /** From now on, for new connections. */
  certify(pair: KeyPair): void;
  close(): Promise<void>;
}

/**
 * Serves HTTPS on connections that were accepted elsewhere, and says of each between whom it is (`endsOf`). What it serves shares
 * nothing with the server that listens on this machine, so that none of its connections can be taken for one of those.
 */
export function handedOverHttps(options: Pick<HttpsFrontOptions, 'dispatch' | 'log' | 'patience'>): HandedOverHttps {
  const { server, close } = createHttpsFront(options);
  const { log } = options;
  server.on('error', (error) => log.error({ err: error }, 'The server for the tailnet failed'));
  // TLS wraps the socket in one of its own, which has the same port at the far end: each connection has another.
  const handed = new Map<number, Ends>();
  server.prependListener('secureConnection', (socket) => {
    const ends = handed.get(socket.remotePort ?? 0);
    if (ends === undefined) socket.destroy();
    else markHandedOver(socket, ends);
  });
  // By this Node begins to look after requests that do not come to an end; this one never listens.
  server.emit('listening');
  let certified = false;
  return {
    take(socket, ends) {
      const port = socket.remotePort;
      if (port === undefined || !certified) {
        socket.destroy();
        return;
      }
      handed.set(port, ends);
      socket.once('close', () => {
        if (handed.get(port) === ends) handed.delete(port);
      });
      server.emit('connection', socket);
    },
    certify(pair) {
      server.setSecureContext(pair);
      certified = true;
    },
    close,
  };
}
