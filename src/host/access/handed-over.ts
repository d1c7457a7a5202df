import type { Socket } from 'node:net';

/** One end of a connection. */
export interface End {
  address: string;
  port: number;
}

/** Both ends of a connection as they were where it was accepted; ours is the port that was asked for. */
export interface Ends {
  peer: End;
  own: End;
}

const mark = Symbol('the ends of a connection that was handed over');

/**
 * Says of a connection that it was accepted elsewhere (by the tailnet's node), and between whom. It stands on the socket itself and
 * not beside it, since HTTP/2 shows its requests a proxy of theirs (https://nodejs.org/api/http2.html#requestsocket).
 */
export function markHandedOver(socket: Socket, ends: Ends): void {
  Object.defineProperty(socket, mark, { value: ends });
}

/** Undefined for a connection that was accepted here, and for one that is over. */
export function endsOf(socket: Socket): Ends | undefined {
  return (socket as { [mark]?: Ends })[mark];
}

/** Where a client is: never what it says of itself. */
export function clientAddressOf(socket: Socket): string {
  return endsOf(socket)?.peer.address ?? socket.remoteAddress ?? '';
}
