import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import WebSocket from 'ws';
import type { ClusterAccess, Prepared } from '../../kube/access/cluster-access.ts';
import { dialAuthorized } from './dial-authorized.ts';
import { statusMessage } from './status-message.ts';
import type { PodName, TunnelTarget } from './transport.ts';
import { refusedUpgrade, TunnelError } from './tunnel-error.ts';

const forwardProtocol = 'v4.channel.k8s.io';
const handshakeTimeout = 10_000;
/** A peer that vanished without a word is noticed by TCP's probes. */
const keepAliveDelay = 15_000;

async function reasonOf(response: IncomingMessage): Promise<string> {
  const body = await text(response);
  // Not a Kubernetes Status: a proxy in between, perhaps.
  return statusMessage(body) ?? body.slice(0, 200).trim();
}

/** Opens a WebSocket with channels on a pod's `portforward` subresource, for one port. Rejects with a TunnelError. */
export function dialChannels(access: ClusterAccess, { port, ...pod }: TunnelTarget): Promise<WebSocket> {
  return dialPod(access, pod, `portforward?ports=${String(port)}`, [forwardProtocol]);
}

/**
 * Opens a WebSocket on a subresource of a pod, which may have a query, with the first of these protocols that the API server speaks.
 * It is paused, so that nothing is lost before somebody listens. Rejects with a TunnelError.
 */
export function dialPod(
  access: ClusterAccess,
  { namespace, pod }: PodName,
  subresource: string,
  protocols: readonly string[],
): Promise<WebSocket> {
  const base = access.server.replace(/\/$/, '').replace(/^http/, 'ws');
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/${subresource}`;
  return dialAuthorized(access, (prepared) => dial(access, prepared, `${base}${path}`, protocols));
}

function dial(
  access: ClusterAccess,
  prepared: Prepared,
  url: string,
  protocols: readonly string[],
): Promise<WebSocket> {
  const socket = new WebSocket(url, [...protocols], {
    ...prepared.options,
    agent: access.agent({ keepAlive: false }),
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
