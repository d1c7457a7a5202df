import WebSocket from 'ws';
import type { ConnectionUse } from '#contract/connections.ts';
import type { ClusterAccess, Prepared } from '../../kube/access/cluster-access.ts';
import type { ConnectionPurpose } from '../../kube/access/connection-register.ts';
import { dialAuthorized } from './dial-authorized.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { readBeginning } from './read-beginning.ts';
import type { PodName, TunnelTarget } from './transport.ts';
import { TunnelError } from './tunnel-error.ts';
import { WayBlocked } from './ways/way.ts';

const forwardProtocol = 'v4.channel.k8s.io';
const handshakeTimeout = 10_000;
/** A peer that vanished without a word is noticed by TCP's probes. */
const keepAliveDelay = 15_000;

/** Opens a WebSocket with channels on a pod's `portforward` subresource, for one port. Rejects with WayBlocked or a TunnelError. */
export function dialChannels(access: ClusterAccess, { port, namespace, pod }: TunnelTarget): Promise<WebSocket> {
  const subresource = `portforward?ports=${String(port)}`;
  return dialSubresource(access, { namespace, pod, subresource, protocols: [forwardProtocol], what: 'tunnels' });
}

/**
 * Opens a WebSocket on a subresource of a pod, which may have a query, with the first of these protocols that the API server speaks.
 * It is paused, so that nothing is lost before somebody listens. Rejects with a TunnelError.
 */
export async function dialPod(
  access: ClusterAccess,
  pod: PodName,
  subresource: string,
  protocols: readonly string[],
): Promise<WebSocket> {
  try {
    return await dialSubresource(access, { ...pod, subresource, protocols, what: 'terminals' });
  } catch (error) {
    throw error instanceof WayBlocked ? error.otherwise : error;
  }
}

interface Wanted extends PodName {
  subresource: string;
  protocols: readonly string[];
  what: ConnectionUse;
}

function dialSubresource(access: ClusterAccess, wanted: Wanted): Promise<WebSocket> {
  const { namespace, pod, subresource, protocols, what } = wanted;
  const base = access.server.replace(/\/$/, '').replace(/^http/, 'ws');
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/${subresource}`;
  const purpose = { what, protocol: what === 'tunnels' ? 'channels' : 'websocket', pod };
  return dialAuthorized(access, (prepared) => dial({ access, prepared, purpose }, `${base}${path}`, protocols));
}

interface Caller {
  access: ClusterAccess;
  prepared: Prepared;
  purpose: ConnectionPurpose;
}

function dial({ access, prepared, purpose }: Caller, url: string, protocols: readonly string[]): Promise<WebSocket> {
  let connected = false;
  const socket = new WebSocket(url, [...protocols], {
    ...prepared.options,
    agent: access.agent({ keepAlive: false, purpose }),
    handshakeTimeout,
    finishRequest(request) {
      request.once('socket', (line) => line.once('secureConnect', () => (connected = true)));
      request.once('socket', (line) => line.once('connect', () => (connected ||= url.startsWith('ws:'))));
      request.end();
    },
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
    const { statusCode: status = 0, headers } = response;
    readBeginning(response)
      .then((body) => reject(judgeRefusal({ status, contentType: headers['content-type'] ?? '', body })), reject)
      .finally(() => socket.terminate());
  });
  socket.on('error', (error: Error) => {
    const told = new TunnelError('offline', error.message, error);
    reject(connected ? new WayBlocked(told) : told);
  });
  socket.once('open', () => {
    // Nothing is read before somebody listens.
    socket.pause();
    resolve(socket);
  });
  return promise;
}
