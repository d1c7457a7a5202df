import { createHash } from 'node:crypto';

const guid = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

/** The `Sec-WebSocket-Accept` that proves that a server has read this `Sec-WebSocket-Key` (RFC 6455, 4.2.2). */
export function webSocketAccept(key: string): string {
  return createHash('sha1').update(`${key}${guid}`).digest('base64');
}
