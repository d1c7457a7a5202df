import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import type { KubeConfig } from '@kubernetes/client-node';
import WebSocket from 'ws';
import { statusMessage } from './status-message.ts';
import type { TunnelTarget } from './transport.ts';
import { refusedUpgrade, TunnelError } from './tunnel-error.ts';

const protocol = 'v4.channel.k8s.io';
const handshakeTimeout = 10_000;
/** A peer that vanished without a word is noticed by TCP's probes. */
const keepAliveDelay = 15_000;

async function reasonOf(response: IncomingMessage): Promise<string> {
  const body = await text(response);
  // Not a Kubernetes Status: a proxy in between, perhaps.
  return statusMessage(body) ?? body.slice(0, 200).trim();
}

function forwardUrl(server: string, { namespace, pod, port }: TunnelTarget): string {
  const base = server.replace(/\/$/, '').replace(/^http/, 'ws');
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`;
  return `${base}${path}?ports=${String(port)}`;
}

/** Opens a WebSocket with channels on a pod's `portforward` subresource, for one port. Rejects with a TunnelError. */
export async function dialChannels(config: KubeConfig, target: TunnelTarget): Promise<WebSocket> {
  const options: WebSocket.ClientOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw new TunnelError('unauthorized', 'The credentials for the cluster could not be had.', error);
  }
  const socket = new WebSocket(forwardUrl(config.getCurrentCluster()?.server ?? '', target), protocol, {
    ...options,
    handshakeTimeout,
    // Channels carry what is mostly compressed already, and ordering costs.
    perMessageDeflate: false,
    skipUTF8Validation: true,
  });
  const { promise, resolve, reject } = Promise.withResolvers<WebSocket>();
  socket.on('upgrade', (response) => {
    response.socket.setKeepAlive(true, keepAliveDelay);
    response.socket.setNoDelay(true);
  });
  socket.on('unexpected-response', (_request, response) => {
    const refuse = (message: string): void => {
      reject(refusedUpgrade(response.statusCode ?? 0, message));
      socket.terminate();
    };
    reasonOf(response).then(refuse, (error: unknown) => refuse(String(error)));
  });
  socket.on('error', (error: Error) => reject(new TunnelError('offline', error.message, error)));
  socket.once('open', () => {
    // Nothing is read before somebody listens.
    socket.pause();
    resolve(socket);
  });
  return promise;
}
