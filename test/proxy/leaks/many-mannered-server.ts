import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** A workspace's server whose path says how it behaves; upgrades are granted, and their bytes come back. */
export interface ManyManneredServer extends AsyncDisposable {
  port: number;
  readonly connections: number;
  /** Bytes that it could get rid of in endless answers. */
  readonly said: number;
}

const block = Buffer.alloc(64 * 1024, 'x');
const closeFrame = 0x88;

export async function startManyManneredServer(): Promise<ManyManneredServer> {
  const sockets = new Set<Socket>();
  let said = 0;
  const endless = (socket: Socket): void => {
    let more = true;
    while (more && !socket.destroyed) {
      more = socket.write(block);
      said += block.length;
    }
    if (!socket.destroyed) socket.once('drain', () => endless(socket));
  };
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.setNoDelay(true);
    socket.on('close', () => sockets.delete(socket));
    // Clients that leave are what it is for.
    socket.on('error', () => socket.destroy());
    let upgraded = false;
    let received = '';
    socket.on('data', (data: Buffer) => {
      if (upgraded) {
        socket.write(data);
        if (data[0] === closeFrame) socket.end();
        return;
      }
      received += data.toString('latin1');
      const end = received.indexOf('\r\n\r\n');
      if (end === -1) return;
      const head = received.slice(0, end);
      received = '';
      const path = /^\S+ (\S+)/.exec(head)?.[1] ?? '';
      const upgrade = /\r\nupgrade: *websocket/i.test(head);
      if (path === '/never') return;
      if (path === '/endless') {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        endless(socket);
      } else if (upgrade) {
        upgraded = true;
        socket.write(
          'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n',
        );
      } else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sockets.size;
    },
    get said() {
      return said;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
