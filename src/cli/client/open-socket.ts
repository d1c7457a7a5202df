import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import WebSocket from 'ws';
import { fromErrorBody } from './error-body.ts';
import { fromFailedRequest } from './failed-request.ts';

const handshakeTimeout = 15_000;

/** Opens a WebSocket of the host at `url`. Rejects with a GuildNetError: the host's own, or `upstream_failed` when it gave no answer. */
export function openSocket(url: string, path: string, token: string | undefined): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace(/^http/, 'ws')}${path}`, {
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
    handshakeTimeout,
    perMessageDeflate: false,
    maxPayload: 64 << 20,
  });
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
  socket.once('unexpected-response', (_request, response: IncomingMessage) => {
    const status = response.statusCode ?? 0;
    const refuse = (body: string): void => {
      reject(fromErrorBody(parsed(body), status, url));
      socket.terminate();
    };
    text(response).then(refuse, (error: unknown) => refuse(String(error)));
  });
  // Later ones are followed by the close, which whoever uses it waits for.
  socket.on('error', (error: Error) => reject(fromFailedRequest(error, url)));
  socket.once('open', () => {
    // Nothing is read before somebody listens.
    socket.pause();
    resolve(socket);
  });
  return promise;
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body;
  }
}
