import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { Dispatch } from './dispatch.ts';
import { originForm } from './request-target.ts';

/** Answers to what claims to be another HTTP, in the words of the one that it was sent by. */
const wrongVersion = 'HTTP/1.1 505 HTTP Version Not Supported\r\nconnection: close\r\ncontent-length: 0\r\n\r\n';

export interface Http1Front {
  request(this: void, request: IncomingMessage, response: ServerResponse): void;
  /** Whether an upgrade may be handed on; if not, its socket has been answered. */
  admits(this: void, request: IncomingMessage, socket: Socket): boolean;
  /** What came next on the socket cannot be read. False: an answer is on its way there, so that none can be given to this. */
  broke(this: void, socket: Duplex): boolean;
}

/**
 * What Node's HTTP/1.1 server leaves open. Its parser takes `HTTP/2.0` and a first line without any version for requests like
 * others (RFC 9112, 2.6). And it hands out what follows a request after which the connection ends, while that one is still
 * being answered: nothing of it may be acted on (RFC 9112, 9.6), least of all when it is in doubt where that request ended.
 * A request is acted on a turn after its head was read: a body that came along with it and is malformed is known by then.
 */
export function createHttp1Front(request: Dispatch['request']): Http1Front {
  const ending = new WeakSet<Duplex>();
  const answering = new WeakMap<Duplex, ServerResponse>();

  const admits = (incoming: IncomingMessage, socket: Socket): boolean => {
    if (ending.has(socket)) return false;
    if (incoming.httpVersionMajor === 1) {
      const { url, headers } = incoming;
      if (url !== undefined) incoming.url = originForm(url, headers.host) ?? url;
      return true;
    }
    ending.add(socket);
    socket.end(wrongVersion, () => socket.destroy());
    return false;
  };

  return {
    admits,
    broke(socket) {
      ending.add(socket);
      return answering.get(socket)?.headersSent !== true;
    },
    request(incoming, response) {
      const { socket } = incoming;
      process.nextTick(() => {
        if (!admits(incoming, socket)) return;
        answering.set(socket, response);
        response.once('close', () => {
          if (answering.get(socket) === response) answering.delete(socket);
        });
        request(incoming, response);
        if (!response.shouldKeepAlive) ending.add(socket);
      });
    },
  };
}
