import { once } from 'node:events';
import { request } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { duplexPair } from 'node:stream';
import { text } from 'node:stream/consumers';
import { connect } from 'node:tls';
import { PortForward } from '@kubernetes/client-node';
import type { TestNamespace } from '../create-namespace.ts';

export interface Asked {
  pod: string;
  port: number;
  /** The name that the server is asked by, and has to prove. */
  servername: string;
  /** What its certificate has to be signed by, PEM. */
  ca: string;
  path: string;
  headers: Record<string, string>;
}

/** Asks a pod's HTTPS server by a forwarded port, as `kubectl port-forward` does: from outside of the cluster, and over no network of this machine's. */
export async function askForwarded(
  { kubeConfig, name }: TestNamespace,
  { pod, port, servername, ca, path, headers }: Asked,
): Promise<{ status: number | undefined; body: string }> {
  const [near, far] = duplexPair();
  const forward = await new PortForward(kubeConfig).portForward(name, pod, [port], far, null, far);
  const socket = connect({ socket: near, servername, ca });
  try {
    await once(socket, 'secureConnect');
    const asked = request({ createConnection: () => socket, path, headers }).end();
    const [answer] = (await once(asked, 'response')) as [IncomingMessage];
    return { status: answer.statusCode, body: await text(answer) };
  } finally {
    socket.destroy();
    near.destroy();
    const opened = typeof forward === 'function' ? forward() : forward;
    opened?.close();
  }
}
