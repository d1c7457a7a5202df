import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

/**
 * The `Sec-WebSocket-Key` of an upgrade: the client's own, or one of ours with the header that says it, because HTTP/2 has
 * no use for keys (RFC 8441, 5.1). Undefined for protocols other than WebSocket.
 */
export function webSocketKey(
  headers: IncomingHttpHeaders,
  protocol: string,
): { key: string | undefined; added: string[] } {
  if (protocol.toLowerCase() !== 'websocket') return { key: undefined, added: [] };
  const own = headers['sec-websocket-key'];
  if (own !== undefined) return { key: own, added: [] };
  const key = randomBytes(16).toString('base64');
  return { key, added: ['Sec-WebSocket-Key', key] };
}
