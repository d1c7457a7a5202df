import { readFile, writeFile } from 'node:fs/promises';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';

/** For tests: a line to an API server that can be cut and mended, so that no other test loses its cluster. */
export interface BrokenLine extends AsyncDisposable {
  /** A kubeconfig that leads through the line. */
  kubeconfigPath: string;
  cut(): Promise<void>;
  /** Nothing is answered or refused any more, as where packets are dropped on the way. */
  freeze(): void;
  mend(): Promise<void>;
}

/** Writes the kubeconfig of the line beside `into`; the line is whole at first. */
export async function brokenLine(kubeconfigPath: string, into: string): Promise<BrokenLine> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error('The kubeconfig has no cluster.');
  const { hostname, port: upstreamPort, host } = new URL(cluster.server);
  const sockets = new Set<Socket>();
  let server: Server | undefined;
  let port = 0;
  let isFrozen = false;

  async function mend(): Promise<void> {
    const listening = createServer((client) => {
      if (isFrozen) {
        sockets.add(client);
        client.on('error', () => client.destroy());
        client.pause();
        return;
      }
      const upstream = connect(Number(upstreamPort), hostname);
      for (const socket of [client, upstream]) {
        sockets.add(socket);
        socket.on('close', () => sockets.delete(socket));
        // Cutting is what this is for.
        socket.on('error', () => socket.destroy());
      }
      client.on('close', () => upstream.destroy());
      upstream.on('close', () => client.destroy());
      client.pipe(upstream).pipe(client);
    });
    await new Promise<void>((resolve) => listening.listen(port, '127.0.0.1', resolve));
    ({ port } = listening.address() as AddressInfo);
    server = listening;
  }
  async function cut(): Promise<void> {
    const ending = server;
    server = undefined;
    isFrozen = false;
    if (ending === undefined) return;
    const closed = new Promise((resolve) => ending.close(resolve));
    for (const socket of sockets) socket.destroy();
    await closed;
  }
  function freeze(): void {
    isFrozen = true;
    for (const socket of sockets) {
      socket.unpipe();
      socket.pause();
    }
  }
  await mend();
  const text = await readFile(kubeconfigPath, 'utf8');
  const path = `${into}/line.kubeconfig`;
  await writeFile(path, text.replaceAll(host, `127.0.0.1:${String(port)}`), { mode: 0o600 });
  return { kubeconfigPath: path, cut, freeze, mend, [Symbol.asyncDispose]: cut };
}
