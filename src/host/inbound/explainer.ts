import { createServer } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Log } from '../observability/log.ts';
import { certificatePath, explainerPage, explainerPolicy } from './explainer-page.ts';
import type { ExplainerFacts } from './explainer-page.ts';

/** Plain http for those who type the name of the host: it explains, and offers what their device has to trust. Nothing else is here. */
export interface Explainer {
  take(socket: Socket): void;
  close(): void;
}

/** `facts` is undefined while the host has no certificate. */
export function createExplainer(facts: () => ExplainerFacts | undefined, log: Log): Explainer {
  const server = createServer({ headersTimeout: 10_000, requestTimeout: 10_000, keepAliveTimeout: 75_000 });
  const sockets = new Set<Socket>();
  server.on('request', (request, response) => {
    request.on('error', (error) => log.debug({ err: error }, 'A client broke off'));
    response.on('error', (error) => log.debug({ err: error }, 'A client broke off'));
    answerExplanation(request, response, facts());
  });
  // Nobody has a WebSocket, a tunnel or anything else to expect here.
  server.on('upgrade', (_request, socket) => socket.destroy());
  server.on('connect', (_request, socket) => socket.destroy());
  server.on('clientError', (error, socket) => {
    log.debug({ err: error }, 'A client broke the protocol');
    socket.destroy();
  });
  server.on('error', (error) => log.error({ err: error }, 'The explanation cannot be served'));
  // By this Node begins to look after requests that do not come to an end; this one never listens.
  server.emit('listening');
  return {
    take(socket) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
      server.emit('connection', socket);
    },
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}

function answerExplanation(
  request: IncomingMessage,
  response: ServerResponse,
  facts: ExplainerFacts | undefined,
): void {
  const common = { 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer' };
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  if (!isRead || facts === undefined) {
    response.writeHead(isRead ? 503 : 405, isRead ? common : { ...common, allow: 'GET, HEAD' }).end();
    // What it goes on to send is nobody's.
    request.resume();
    return;
  }
  const isCertificate = request.url?.split('?')[0] === certificatePath;
  const body = isCertificate ? facts.authority : explainerPage(facts);
  response.writeHead(200, {
    ...common,
    'content-type': isCertificate ? 'application/x-x509-ca-cert' : 'text/html; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(isCertificate
      ? { 'content-disposition': 'attachment; filename="guildnet-ca.crt"' }
      : { 'content-security-policy': explainerPolicy }),
  });
  response.end(request.method === 'HEAD' ? undefined : body);
}
