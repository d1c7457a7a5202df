import { createServer } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { WebSocketServer } from 'ws';
import type { WebSocket } from 'ws';

/** Speaks the API server's and the node's part of `portforward` (`v4.channel.k8s.io`) in front of ports of this machine. */
export interface PortForwardServer extends AsyncDisposable {
  url: string;
  /** Tunnels that are open now. */
  readonly tunnels: number;
}

const data = Buffer.from([0]);

/** For tests that open more tunnels than a cluster on this machine could in their time. */
export async function startPortForwardServer(): Promise<PortForwardServer> {
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false, handleProtocols: () => 'v4.channel.k8s.io' });
  sockets.on('connection', (socket, { url = '' }) => {
    const port = Number(new URL(url, 'http://x').searchParams.get('ports'));
    serve(socket, port);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    get tunnels() {
      return sockets.clients.size;
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets.clients) socket.terminate();
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

function serve(socket: WebSocket, port: number): void {
  const header = Buffer.alloc(2);
  header.writeUInt16LE(port);
  socket.send(Buffer.concat([data, header]));
  socket.send(Buffer.concat([Buffer.from([1]), header]));
  const upstream = connect({ port, host: '127.0.0.1', noDelay: true });
  upstream.on('data', (chunk: Buffer) => {
    upstream.pause();
    socket.send(Buffer.concat([data, chunk]), () => upstream.resume());
  });
  // What the far side sent before its end has been passed on by then.
  upstream.on('end', () => socket.close(1000));
  upstream.on('error', () => socket.terminate());
  socket.on('message', (message: Buffer) => {
    if (message[0] !== 0 || upstream.write(message.subarray(1))) return;
    socket.pause();
    upstream.once('drain', () => socket.resume());
  });
  socket.on('close', () => upstream.destroy());
  socket.on('error', () => socket.terminate());
}
