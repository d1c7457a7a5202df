import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { TailnetPeer } from './peer.ts';

/** An HTTP proxy on loopback by which a browser is on a peer's device: what it connects to, the peer's node dials. */
export interface BrowsingPeer extends AsyncDisposable {
  /** `http://host:port`. */
  readonly proxy: string;
}

export async function browseAs(peer: Pick<TailnetPeer, 'dial'>): Promise<BrowsingPeer> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (_request, response) => {
    // Plain http is asked for whole, and nothing here asks for it.
    response.writeHead(501).end();
  });
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  server.on('connect', (request, client: Socket, head: Buffer) => {
    // Whichever end breaks, both end: the browser sees it, and says it.
    client.on('error', () => client.destroy());
    const connect = async (): Promise<void> => {
      const { hostname, port } = new URL(`http://${request.url ?? ''}`);
      const far = await peer.dial(hostname, Number(port === '' ? 80 : port));
      client.write('HTTP/1.1 200 OK\r\n\r\n');
      if (head.length > 0) far.write(head);
      pipeline(client, far, client, () => far.destroy());
    };
    connect().catch((error: unknown) => client.end(`HTTP/1.1 502 Bad Gateway\r\n\r\n${String(error)}`));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    proxy: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    async [Symbol.asyncDispose]() {
      const closed = once(server, 'close');
      server.close();
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
