import { createServer } from 'node:net';
import { connect } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** For tests: a TCP port in front of a server, that can be shut, cut and frozen. */
export interface Gate extends AsyncDisposable {
  port: number;
  /** Cuts every connection and takes no new ones until `open`. */
  shut(): void;
  /** Connections that are there stay, and nothing passes through them any more; new ones work. What a half-open connection looks like. */
  freeze(): void;
  open(): void;
}

export async function createGate(target: { host: string; port: number }): Promise<Gate> {
  const pairs = new Set<[Socket, Socket]>();
  let shut = false;
  const server = createServer((client) => {
    if (shut) {
      client.destroy();
      return;
    }
    const upstream = connect(target);
    const pair: [Socket, Socket] = [client, upstream];
    pairs.add(pair);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
      pairs.delete(pair);
    };
    for (const socket of pair) socket.on('error', end).on('close', end);
    client.pipe(upstream).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const cut = (): void => {
    for (const [client] of pairs) client.destroy();
  };
  return {
    port: (server.address() as AddressInfo).port,
    shut: () => {
      shut = true;
      cut();
    },
    freeze: () => {
      for (const [client, upstream] of pairs) {
        client.unpipe(upstream).pause();
        upstream.unpipe(client).pause();
      }
    },
    open: () => {
      shut = false;
    },
    [Symbol.asyncDispose]: async () => {
      cut();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
