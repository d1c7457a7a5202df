import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { pipeline } from 'node:stream';
import type { OuterFront } from './outer-front.ts';

/** What `ssh -L <port>:localhost:<host's port>` does with connections: bytes go on as they came, TLS and all. */
export async function startTcpForwarder(): Promise<OuterFront> {
  const sockets = new Set<Socket>();
  let target = 0;
  const server = createServer({ allowHalfOpen: true }, (incoming) => {
    const outgoing = connect({ port: target, host: '127.0.0.1', allowHalfOpen: true });
    for (const socket of [incoming, outgoing]) {
      sockets.add(socket);
      socket.once('close', () => sockets.delete(socket));
    }
    const both = (error: Error | null | undefined): void => {
      if (error === undefined || error === null) return;
      incoming.destroy();
      outgoing.destroy();
    };
    pipeline(incoming, outgoing, both);
    pipeline(outgoing, incoming, both);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    origin: `https://localhost:${String(port)}`,
    port,
    leadTo(hostPort) {
      target = hostPort;
      return Promise.resolve();
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}
