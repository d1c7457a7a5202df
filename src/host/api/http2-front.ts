import type { IncomingMessage, ServerResponse } from 'node:http';
import { createSecureServer } from 'node:http2';
import type { Http2SecureServer, Http2ServerRequest, ServerHttp2Session } from 'node:http2';
import type { TLSSocket } from 'node:tls';
import type { Log } from '../observability/log.ts';
import { http2Client } from '../proxy/exchange/upgrade-client.ts';
import type { Dispatch } from './dispatch.ts';

export interface Http2Front {
  /** Takes over a connection on which TLS has agreed on `h2`. */
  take(socket: TLSSocket): void;
  /** Lets streams under way end and takes no new ones. */
  close(): void;
}

export interface Http2Options {
  dispatch: Dispatch;
  /** Bytes of a request's headers. */
  headerBytes: number;
  log: Log;
}

/** A browser opens a request for each module of an IDE at once. */
const streams = 256;
/** Bytes under way to us on one stream and on one connection: with the protocol's 64 KiB an upload waits for each turn. */
const streamWindow = 1024 * 1024;
const connectionWindow = 8 * 1024 * 1024;
/** Milliseconds after which a connection without any stream is let go. */
const idleMs = 5 * 60_000;

/** Nobody but this function needs to know how HTTP/2 names the host: from here on it is `Host`, as in HTTP/1.1. */
function nameHost({ headers }: Http2ServerRequest): void {
  headers.host ??= headers[':authority'];
}

/**
 * HTTP/2 on connections that an HTTPS server has accepted. Requests are dispatched through Node's compatibility API, which
 * promises the interface of HTTP/1.1's requests and answers; WebSockets come by extended CONNECT (RFC 8441).
 */
export function createHttp2Front({ dispatch, headerBytes, log }: Http2Options): Http2Front {
  const sessions = new Set<ServerHttp2Session>();
  const server: Http2SecureServer = createSecureServer({
    maxSendHeaderBlockLength: 1024 * 1024,
    maxHeaderListPairs: 256,
    settings: {
      enableConnectProtocol: true,
      enablePush: false,
      initialWindowSize: streamWindow,
      maxConcurrentStreams: streams,
      maxHeaderListSize: headerBytes,
    },
  });
  const onRequest = (request: Http2ServerRequest, response: object): void => {
    const { stream } = request;
    // The compatibility API leaves it out, and by it everybody sees that the client has left.
    Object.defineProperty(response, 'destroyed', { get: () => stream.destroyed || stream.closed });
    // Both ends of an exchange and the compatibility API listen on the one stream.
    stream.setMaxListeners(32);
    nameHost(request);
    dispatch.request(request as unknown as IncomingMessage, response as ServerResponse);
  };
  server.on('request', onRequest);
  server.on('checkContinue', onRequest);
  server.on('connect', (request: unknown) => {
    const { stream, headers } = request as Http2ServerRequest;
    nameHost(request as Http2ServerRequest);
    const protocol = headers[':protocol'];
    if (typeof protocol !== 'string') {
      stream.respond({ ':status': 405 }, { endStream: true });
      return;
    }
    headers.upgrade = protocol;
    dispatch.upgrade(request as IncomingMessage, http2Client(stream));
  });
  server.on('session', (session) => {
    sessions.add(session);
    session.once('close', () => sessions.delete(session));
    session.setLocalWindowSize(connectionWindow);
    session.setTimeout(idleMs, () => session.close());
    session.on('error', (error) => log.debug({ err: error }, 'A client broke HTTP/2'));
  });
  server.on('sessionError', (error) => log.debug({ err: error }, 'A client broke HTTP/2'));
  server.on('error', (error) => log.error({ err: error }, 'The HTTP/2 server failed'));
  return {
    take: (socket) => server.emit('secureConnection', socket),
    close() {
      for (const session of sessions) session.close();
    },
  };
}
