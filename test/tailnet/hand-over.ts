import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Ends } from '#host/access/handed-over.ts';

/** The value of a header that says whose a connection is, as the node writes it (haproxy.org, proxy-protocol.txt, 2.2). IPv4 alone. */
export function introduction({ peer, own }: Ends, secret: string): Buffer {
  const bytes = (address: string): number[] => address.split('.').map(Number);
  const port = (number: number): number[] => [number >> 8, number & 0xff];
  const body = Buffer.concat([
    Buffer.from([...bytes(peer.address), ...bytes(own.address), ...port(peer.port), ...port(own.port)]),
    Buffer.from([0xe0, ...port(secret.length)]),
    Buffer.from(secret),
  ]);
  const head = Buffer.from('0d0a0d0a000d0a515549540a21110000', 'hex');
  head.writeUInt16BE(body.length, 14);
  return Buffer.concat([head, body]);
}

/** Hands a connection over to `listenInwards`, as the tailnet's node does. What is written to it comes from the peer. */
export async function handOver(forward: string, secret: string, ends: Ends): Promise<Socket> {
  const [host = '', port = ''] = forward.split(':');
  const socket = connect({ host, port: Number(port) });
  await once(socket, 'connect');
  socket.write(introduction(ends, secret));
  return socket;
}
