import { STATUS_CODES, validateHeaderName, validateHeaderValue } from 'node:http';
import type { ServerHttp2Stream } from 'node:http2';
import type { Duplex, Writable } from 'node:stream';
import type { SentHeaders } from './header-list.ts';
import { checkHttp2Fields } from './http2-fields.ts';
import { BadAnswer } from './no-answer.ts';

/** A client that asked for another protocol, over HTTP/1.1 (`Upgrade`) or HTTP/2 (extended CONNECT, RFC 8441). */
export interface UpgradeClient {
  /** What its bytes come and go by. Its errors have an owner; `close` says that it is gone. */
  readonly stream: Duplex;
  /** Grants the upgrade; from then on the stream carries the new protocol. `protocol` is its name. Throws on malformed headers. */
  accept(protocol: string, headers: SentHeaders): Duplex;
  /** Any other answer; what is written to the result is its body, and its end ends the connection. Throws on malformed headers. */
  answer(status: number, headers: SentHeaders): Writable;
}

/**
 * Listeners that one client's stream may have of a kind. Its number does not grow with what passes: joined with the workspace's stream it is
 * an end of two pipelines, each of which listens for its end several times, beside Node's own of HTTP/2 and those who want to hear of it.
 */
const mostListeners = 32;

/** How long a client that has been answered may take to close its side. */
const closingMs = 2_000;

function headText(status: number, headers: SentHeaders): string {
  const lines = Object.entries(headers).flatMap(([name, values]) =>
    values.map((value) => {
      validateHeaderName(name);
      validateHeaderValue(name, value);
      return `${name}: ${value}\r\n`;
    }),
  );
  return `HTTP/1.1 ${String(status)} ${STATUS_CODES[status] ?? ''}\r\n${lines.join('')}\r\n`;
}

/** The client of an `upgrade` event. What has come with its request is given back to the socket first. */
export function http1Client(socket: Duplex, head: Buffer): UpgradeClient {
  socket.setMaxListeners(mostListeners);
  if (head.length > 0) socket.unshift(head);
  const begin = (status: number, headers: SentHeaders): Duplex => {
    socket.write(Buffer.from(headText(status, headers), 'latin1'));
    return socket;
  };
  return {
    stream: socket,
    accept: (protocol, headers) => begin(101, { ...headers, connection: ['Upgrade'], upgrade: [protocol] }),
    answer(status, headers) {
      const body = begin(status, { ...headers, connection: ['close'] });
      socket.once('finish', () => {
        // What it still sends is not waited for, but unread bytes would make the end a reset that takes the answer with it.
        socket.resume();
        const closing = setTimeout(() => socket.destroy(), closingMs).unref();
        socket.once('close', () => clearTimeout(closing));
      });
      return body;
    },
  };
}

/** The client of an extended CONNECT. */
export function http2Client(stream: ServerHttp2Stream): UpgradeClient {
  stream.setMaxListeners(mostListeners);
  const begin = (status: number, headers: SentHeaders): ServerHttp2Stream => {
    checkHttp2Fields(headers);
    stream.respond({ ':status': status, ...headers });
    return stream;
  };
  return {
    stream,
    // The proof of the handshake is HTTP/1.1's alone (RFC 8441, 5.1).
    accept: (_protocol, { 'sec-websocket-accept': _proof, ...headers }) => begin(200, headers),
    answer(status, headers) {
      // Here it would grant what was asked for (RFC 8441, 5).
      if (status >= 200 && status < 300)
        throw new BadAnswer('It answered the request for another protocol with a page.');
      stream.once('finish', () => stream.close());
      return begin(status, headers);
    },
  };
}
