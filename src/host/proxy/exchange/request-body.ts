import type { IncomingMessage } from 'node:http';
import type { Http2ServerRequest } from 'node:http2';
import type { Framing } from './request-headers.ts';

/** Methods that may be sent again when a kept connection turns out to have been closed at the far end (RFC 9110, 9.2.2). */
const repeatable: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

function isHttp2(request: IncomingMessage | Http2ServerRequest): request is Http2ServerRequest {
  return request.httpVersionMajor === 2;
}

/** How a request's body goes on: with the length that the client gave, in chunks where it gave none, or not at all. */
export function framingOf(request: IncomingMessage | Http2ServerRequest): Framing {
  const { headers } = request;
  if (headers['transfer-encoding'] !== undefined) return 'chunked';
  if (headers['content-length'] !== undefined) return 'length';
  // HTTP/2 has no need for either: the stream ends when it ends (RFC 9113, 8.1.1).
  return isHttp2(request) && !request.stream.endAfterHeaders ? 'chunked' : 'none';
}

/** Whether a request may be sent a second time, because it asks for nothing to happen and has no body that would be used up. */
export function isRepeatable({ method = '', headers }: IncomingMessage, framing: Framing): boolean {
  if (!repeatable.has(method)) return false;
  return framing === 'none' || (framing === 'length' && Number(headers['content-length']) === 0);
}

/** Reads what is left of a body that nobody wants and drops it, so that its client gets to read; one that never ends is cut off. */
export function dropBody(request: IncomingMessage, lingerMs: number): void {
  request.resume();
  if (request.complete || request.destroyed) return;
  const linger = setTimeout(() => request.destroy(), lingerMs).unref();
  request.once('close', () => clearTimeout(linger));
}
