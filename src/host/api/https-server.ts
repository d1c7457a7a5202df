import { createServer } from 'node:https';
import type { Server } from 'node:https';
import type { AddressInfo, Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { GuildNetError } from '#contract/errors.ts';
import type { Certificates } from '../certs/certificates.ts';
import type { ListenAddress } from '../config/listen-address.ts';
import type { Log } from '../observability/log.ts';
import { http1Client } from '../proxy/exchange/upgrade-client.ts';
import { clientErrorAnswer, connectAnswer } from './client-error.ts';
import type { Dispatch } from './dispatch.ts';
import { createHttp1Front } from './http1-front.ts';
import { createHttp2Front } from './http2-front.ts';

/** How long requests under way may take to end when the host stops. */
const graceMilliseconds = 500;
const renewalCheck = 12 * 3_600_000;
/** Cookies of several workspaces and IDEs add up. */
const headerBytes = 64 * 1024;

/** Milliseconds that a client may take before it has said what it wants; after that it is sent away. */
export interface Patience {
  handshakeMs: number;
  headersMs: number;
}

const defaultPatience: Patience = { handshakeMs: 15_000, headersMs: 60_000 };

export interface HttpsServer {
  /** The port that is listened on. */
  port: number;
  /** Stops accepting, lets short requests end, then ends every connection. */
  close(): Promise<void>;
}

export interface HttpsServerOptions {
  listen: ListenAddress;
  certificates: Certificates;
  dispatch: Dispatch;
  log: Log;
  patience?: Patience;
}

function listenError(error: NodeJS.ErrnoException, { host, port }: ListenAddress): GuildNetError {
  const where = `${host}:${String(port)}`;
  const options = (remedy: string) => ({ remedy, details: { host, port }, cause: error });
  switch (error.code) {
    case 'EADDRINUSE':
      return new GuildNetError(
        'address_in_use',
        `Port ${String(port)} of ${host} is taken by another program.`,
        options(
          `End that program (on Linux "ss -ltnp sport = :${String(port)}" names it), or set LISTEN_LOCAL to another address, for example 127.0.0.1:${String(port === 65_535 ? 8081 : port + 1)}.`,
        ),
      );
    case 'EACCES':
      return new GuildNetError(
        'bad_config',
        `This user may not listen on ${where}.`,
        options('Set LISTEN_LOCAL to a port above 1023, for example 127.0.0.1:8080.'),
      );
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
    case 'EAI_AGAIN':
      return new GuildNetError(
        'bad_config',
        `${host} is not an address of this machine.`,
        options('Set LISTEN_LOCAL to 127.0.0.1:8080, or to an address of this machine.'),
      );
    default:
      return new GuildNetError(
        'internal',
        `Listening on ${where} failed: ${error.message}.`,
        options('Set LISTEN_LOCAL to another address.'),
      );
  }
}

/** Serves HTTPS: HTTP/2 to those who speak it, HTTP/1.1 to others, WebSockets with either. Rejects with `address_in_use` or `bad_config` when it cannot listen. */
export async function serveHttps({
  listen,
  certificates,
  dispatch,
  log,
  patience = defaultPatience,
}: HttpsServerOptions): Promise<HttpsServer> {
  const server: Server = createServer({
    ...(await certificates.current()),
    SNICallback: certificates.sni,
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

  await new Promise<void>((resolve, reject) => {
    server.once('error', (error) => reject(listenError(error, listen)));
    server.listen(listen.port, listen.host, () => {
      server.removeAllListeners('error');
      server.on('error', (error) => log.error({ err: error }, 'The server failed'));
      resolve();
    });
  });
  const renewal = setInterval(() => {
    certificates.current().then(
      (pair) => server.setSecureContext(pair),
      (error: unknown) => log.error({ err: error }, 'The certificate could not be renewed'),
    );
  }, renewalCheck).unref();

  return {
    port: (server.address() as AddressInfo).port,
    async close() {
      clearInterval(renewal);
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
