import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { KeyPair } from '../certs/authority.ts';
import type { Certificates } from '../certs/certificates.ts';
import type { Log } from '../observability/log.ts';
import { http1Client } from '../proxy/exchange/upgrade-client.ts';
import { clientErrorAnswer, connectAnswer } from './client-error.ts';
import type { Dispatch } from './dispatch.ts';
import { createHttp1Front } from './http1-front.ts';
import { createHttp2Front } from './http2-front.ts';

/** How long requests under way may take to end when the host stops. */
const graceMilliseconds = 500;
/** Cookies of several workspaces and IDEs add up. */
const headerBytes = 64 * 1024;

/** Milliseconds that a client may take before it has said what it wants; after that it is sent away. */
export interface Patience {
  handshakeMs: number;
  headersMs: number;
}

const defaultPatience: Patience = { handshakeMs: 15_000, headersMs: 60_000 };

/** HTTPS for connections, wherever they come from. */
export interface HttpsFront {
  readonly server: Server;
  /** Stops accepting, lets short requests end, then ends every connection. */
  close(): Promise<void>;
}

export interface HttpsFrontOptions {
  /** What a client gets that names no host; without it connections have to wait for `setSecureContext`. */
  pair?: KeyPair;
  sni?: Certificates['sni'];
  dispatch: Dispatch;
  log: Log;
  patience?: Patience;
}

/** HTTP/2 to those who speak it, HTTP/1.1 to others, WebSockets with either. It listens nowhere by itself. */
export function createHttpsFront({
  pair,
  sni,
  dispatch,
  log,
  patience = defaultPatience,
}: HttpsFrontOptions): HttpsFront {
  const server: Server = createServer({
    ...pair,
    ...(sni === undefined ? {} : { SNICallback: sni }),
    ALPNProtocols: ['h2', 'http/1.1'],
    minVersion: 'TLSv1.2',
    handshakeTimeout: patience.handshakeMs,
    // An upload takes as long as it takes; only a client that never finishes its headers is sent away.
    requestTimeout: 0,
    headersTimeout: patience.headersMs,
    connectionsCheckingInterval: Math.min(5_000, patience.headersMs),
    keepAliveTimeout: 75_000,
    maxHeaderSize: headerBytes,
    // It is missed in our own words.
    requireHostHeader: false,
    // Offers of other protocols (h2c) are declined by going on in HTTP/1.1.
    shouldUpgradeCallback: ({ headers }) => headers.upgrade?.toLowerCase() === 'websocket',
  });
  const sockets = new Set<Socket>();
  const track = (socket: Socket): void => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  };
  server.on('connection', track);
  server.on('secureConnection', track);
  const http2 = createHttp2Front({ dispatch, headerBytes, log });
  // Node's own listener speaks HTTP/1.1 on every connection; those that agreed on HTTP/2 are not for it.
  const http1 = server.listeners('secureConnection').filter((listener) => listener !== track);
  for (const listener of http1) server.removeListener('secureConnection', listener as (socket: TLSSocket) => void);
  server.on('secureConnection', (socket) => {
    if (socket.alpnProtocol === 'h2') http2.take(socket);
    else for (const listener of http1) listener.call(server, socket);
  });
  const front = createHttp1Front(dispatch.request);
  server.on('request', front.request);
  server.on('checkContinue', front.request);
  const upgraded = new Set<Socket>();
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    upgraded.add(socket);
    socket.once('close', () => upgraded.delete(socket));
    if (front.admits(request, socket)) dispatch.upgrade(request, http1Client(socket, head));
  });
  server.on('connect', (_request, socket: Socket) => {
    socket.on('error', (error) => log.debug({ err: error }, 'A client broke off'));
    socket.end(connectAnswer(), () => socket.destroy());
  });
  server.on('clientError', (error, socket) => {
    log.debug({ err: error }, 'A client broke the protocol');
    const answer = clientErrorAnswer(error);
    // Before the handshake is over nothing can be said, and an end that waits for it would wait for ever.
    if (answer === undefined || !front.broke(socket) || !socket.writable) socket.destroy();
    else socket.end(answer, () => socket.destroy());
  });
  server.on('tlsClientError', (error) => log.debug({ err: error }, 'A client did not complete the TLS handshake'));

  return {
    server,
    async close() {
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const grace = setTimeout(() => {
        for (const socket of sockets) socket.destroy();
      }, graceMilliseconds);
      // Idle connections end now, and so do upgraded ones, which no longer count as the server's.
      server.closeIdleConnections();
      http2.close();
      for (const socket of upgraded) socket.destroy();
      await closed;
      clearTimeout(grace);
      for (const socket of sockets) socket.destroy();
    },
  };
}
