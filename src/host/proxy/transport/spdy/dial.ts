import { createHash, randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { ClusterAccess } from '../../../kube/access/cluster-access.ts';
import { dialUpgrade } from '../dial-upgrade.ts';
import type { PodName } from '../transport.ts';
import { WebSocketStream } from './web-socket-stream.ts';

const protocol = 'portforward.k8s.io';
/** k8s.io/apimachinery/pkg/util/portforward/constants.go (KEP-4006). Its slash keeps `ws` and the platform's WebSocket from asking for it. */
const tunnelled = 'SPDY/3.1+portforward.k8s.io';
/** RFC 6455, 4.2.2. */
const webSocketMark = '258EAFA5-E914-47DA-95CA-C5AB0DC85B11';

function pathOf({ namespace, pod }: PodName): string {
  return `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`;
}

/** Opens a SPDY connection to a pod's `portforward` subresource. Rejects with WayBlocked or a TunnelError. */
export function dialSpdy(access: ClusterAccess, pod: PodName): Promise<Duplex> {
  return dialUpgrade(access, {
    method: 'POST',
    path: pathOf(pod),
    headers: { upgrade: 'SPDY/3.1', 'x-stream-protocol-version': protocol, 'content-length': '0' },
    purpose: { what: 'tunnels', protocol: 'spdy', pod: pod.pod },
    isGranted: ({ headers }) =>
      headers.upgrade?.toLowerCase() === 'spdy/3.1' && headers['x-stream-protocol-version'] === protocol,
  });
}

/** The same in a WebSocket, for gateways that pass nothing else: Kubernetes 1.31 and later. */
export async function dialSpdyWebSocket(access: ClusterAccess, pod: PodName): Promise<Duplex> {
  const key = randomBytes(16).toString('base64');
  const proof = createHash('sha1').update(`${key}${webSocketMark}`).digest('base64');
  const socket = await dialUpgrade(access, {
    method: 'GET',
    path: pathOf(pod),
    headers: {
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': key,
      'sec-websocket-protocol': tunnelled,
    },
    purpose: { what: 'tunnels', protocol: 'spdy-websocket', pod: pod.pod },
    isGranted: ({ headers }) =>
      headers.upgrade?.toLowerCase() === 'websocket' &&
      headers['sec-websocket-accept'] === proof &&
      headers['sec-websocket-protocol'] === tunnelled &&
      // Nothing was offered that would change its frames (RFC 6455, 9.1).
      headers['sec-websocket-extensions'] === undefined,
  });
  return new WebSocketStream(socket);
}
