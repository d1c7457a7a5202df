import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { ClusterAccess, Prepared } from '../../../kube/access/cluster-access.ts';
import { dialAuthorized } from '../dial-authorized.ts';
import type { PodName } from '../transport.ts';
import { refusedUpgrade, TunnelError } from '../tunnel-error.ts';
import { statusMessage } from '../status-message.ts';

const protocol = 'portforward.k8s.io';
const handshakeTimeout = 10_000;
/** A peer that vanished without a word is noticed by TCP's probes, too. */
const keepAliveDelay = 15_000;
/** Answers that say that SPDY does not get through here: gateways that know only WebSockets, or only plain requests. */
const notSpoken: ReadonlySet<number> = new Set([200, 400, 405, 411, 426, 501, 502]);

/** The way to the API server does not let SPDY through; another protocol may. */
export class SpdyNotSpoken extends Error {
  override readonly name = 'SpdyNotSpoken';
}

function isGranted({ headers }: IncomingMessage): boolean {
  return headers.upgrade?.toLowerCase() === 'spdy/3.1' && headers['x-stream-protocol-version'] === protocol;
}

/** Opens a SPDY connection to a pod's `portforward` subresource. Rejects with SpdyNotSpoken or a TunnelError. */
export function dialSpdy(access: ClusterAccess, pod: PodName): Promise<Duplex> {
  return dialAuthorized(access, (prepared) => dial(access, prepared, pod));
}

function dial(access: ClusterAccess, prepared: Prepared, { namespace, pod }: PodName): Promise<Duplex> {
  const path = `/api/v1/namespaces/${encodeURIComponent(namespace)}/pods/${encodeURIComponent(pod)}/portforward`;
  const url = new URL(`${access.server}${path}`);
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const request = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, {
    ...prepared.options,
    agent: access.agent({ keepAlive: false }),
    method: 'POST',
    headers: {
      ...prepared.options.headers,
      connection: 'Upgrade',
      upgrade: 'SPDY/3.1',
      'x-stream-protocol-version': protocol,
      'content-length': '0',
    },
  });
  const timer = setTimeout(
    () => request.destroy(new TunnelError('offline', 'The API server did not answer in time.')),
    handshakeTimeout,
  );
  request.once('upgrade', (response, socket, head) => {
    clearTimeout(timer);
    socket.setKeepAlive(true, keepAliveDelay);
    socket.setNoDelay(true);
    socket.setTimeout(0);
    if (head.length > 0) socket.unshift(head);
    if (isGranted(response)) return resolve(socket);
    socket.destroy();
    reject(new SpdyNotSpoken('The API server agreed to another protocol.'));
  });
  request.once('response', (response) => {
    clearTimeout(timer);
    const status = response.statusCode ?? 0;
    const refuse = (body: string): void => {
      const message = statusMessage(body);
      const isStatus = message !== undefined;
      // A Kubernetes Status is the API server's own word; anything else is somebody's in between.
      if (notSpoken.has(status) && !/not running|not found/i.test(message ?? ''))
        reject(new SpdyNotSpoken(message ?? body.slice(0, 200)));
      else reject(refusedUpgrade(status, isStatus ? message : body.slice(0, 200).trim()));
    };
    text(response).then(refuse, (error: unknown) => reject(new TunnelError('offline', String(error), error)));
  });
  request.on('error', (error) => {
    clearTimeout(timer);
    reject(error instanceof TunnelError ? error : new TunnelError('offline', error.message, error));
  });
  request.end();
  return promise;
}
