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
export function handedOverHttps(
  options: Pick<HttpsFrontOptions, 'dispatch' | 'log' | 'patience' | 'sni'>,
): HandedOverHttps {
  const { server, close } = createHttpsFront(options);
  const { log } = options;
  server.on('error', (error) => log.error({ err: error }, 'The server for the tailnet failed'));
  // TLS wraps the socket in one of its own, which has the same ends.
  const handed = new Map<string, Ends>();
  server.prependListener('secureConnection', (socket) => {
    const ends = handed.get(keyOf(socket) ?? '');
    if (ends === undefined) socket.destroy();
    else markHandedOver(socket, ends);
  });
  // By this Node begins to look after requests that do not come to an end; this one never listens.
  server.emit('listening');
  let certified = false;
  return {
    take(socket, ends) {
      const key = keyOf(socket);
      if (key === undefined || !certified) {
        socket.destroy();
        return;
      }
      handed.set(key, ends);
      socket.once('close', () => {
        if (handed.get(key) === ends) handed.delete(key);
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

/** Undefined once the far end has gone. */
function keyOf({ remoteAddress, remotePort, localAddress, localPort }: Socket): string | undefined {
  if (remoteAddress === undefined || remotePort === undefined) return undefined;
  return [remoteAddress, remotePort, localAddress, localPort].join(' ');
}
