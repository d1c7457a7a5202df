import { once } from 'node:events';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';
import { KubeConfig } from '@kubernetes/client-node';
import { deriveKubeconfig } from '../kube/kubeconfig.ts';

/** A line to a cluster's API server that can be cut, as that of a laptop which leaves its network: it knows nothing of what passes. */
export interface ClusterLine extends AsyncDisposable {
  /** Goes over this line. */
  kubeconfigPath: string;
  /** Connections that are open now. */
  readonly connections: number;
  /**
   * Nothing passes on the connections that are open any more, nor does anything end them; new ones are whole. As for a machine that has come
   * into another network, or has slept for long: what it sends on old ones arrives nowhere.
   */
  silence(): void;
  /** Ends every connection at once, without a farewell, and lets no new one through. */
  cut(): void;
  /** Lets new connections through again. */
  mend(): void;
}

export async function openClusterLine(kubeconfigPath: string): Promise<ClusterLine> {
  const config = new KubeConfig();
  config.loadFromFile(kubeconfigPath);
  const target = new URL(config.getCurrentCluster()?.server ?? '');
  const sockets = new Set<Socket>();
  let whole = true;
  const server = createServer((near) => {
    if (!whole) {
      near.destroy();
      return;
    }
    const far = connect({ host: target.hostname, port: Number(target.port) });
    for (const [socket, other] of [
      [near, far],
      [far, near],
    ] as const) {
      sockets.add(socket);
      // The end of one is the other's; its errors are no more than that.
      socket.on('error', () => other.destroy());
      socket.on('close', () => {
        sockets.delete(socket);
        other.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const file = await deriveKubeconfig(kubeconfigPath, {
    cluster: { server: `${target.protocol}//127.0.0.1:${String(port)}`, 'tls-server-name': target.hostname },
  });
  const silence = (): void => {
    for (const socket of sockets) {
      // What comes is read and goes nowhere: a sender that is asked to wait would notice.
      socket.unpipe();
      socket.resume();
    }
  };
  const cut = (): void => {
    whole = false;
    for (const socket of sockets) socket.resetAndDestroy();
  };
  return {
    kubeconfigPath: file.path,
    get connections() {
      return sockets.size / 2;
    },
    silence,
    cut,
    mend() {
      whole = true;
    },
    async [Symbol.asyncDispose]() {
      cut();
      server.close();
      await file[Symbol.asyncDispose]();
    },
  };
}
