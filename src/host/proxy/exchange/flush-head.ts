import type { ClientRequest, ServerResponse } from 'node:http';

const nothing = Buffer.alloc(0);

/**
 * Sends a head that would else wait for the first byte of the body. Every character of a field is a byte (RFC 9110, 5.5), and Node's own
 * `flushHeaders` has HTTP/1.1 say it as UTF-8: `café` in Latin-1, or a file's name whose UTF-8 was taken as bytes, would come out as something else.
 */
export function flushHead(message: ServerResponse | ClientRequest): void {
  // HTTP/2's answer has no such words on the wire, and for it an empty piece of the body is one.
  if ('req' in message && message.req.httpVersionMajor === 2) message.flushHeaders();
  else {
    // Of itself it would go out with what else is written in this turn, and be lost where the answer is broken off in it.
    const { socket } = message;
    socket?.cork();
    message.write(nothing);
    socket?.uncork();
  }
}
