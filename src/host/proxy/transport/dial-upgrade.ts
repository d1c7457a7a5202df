import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { Duplex } from 'node:stream';
import type { ClusterAccess } from '../../kube/access/cluster-access.ts';
import type { ConnectionPurpose } from '../../kube/access/connection-register.ts';
import { dialAuthorized } from './dial-authorized.ts';
import { judgeRefusal } from './judge-refusal.ts';
import { readBeginning } from './read-beginning.ts';
import { TunnelError } from './tunnel-error.ts';
import { WayBlocked } from './ways/way.ts';

const handshakeTimeout = 10_000;
/** A peer that vanished without a word is noticed by TCP's probes, too. */
const keepAliveDelay = 15_000;

export interface Upgrade {
  method: 'GET' | 'POST';
  /** With its query. */
  path: string;
  headers: Record<string, string>;
  purpose: ConnectionPurpose;
  /** Whether what was granted is what was asked for. */
  isGranted(response: IncomingMessage): boolean;
}

/**
 * Asks the API server to change the protocol of a connection. Rejects with WayBlocked where something in between does not let that through,
 * and otherwise with a TunnelError; after ten seconds at the latest.
 */
export function dialUpgrade(access: ClusterAccess, upgrade: Upgrade): Promise<Duplex> {
  return dialAuthorized(access, async (prepared) => {
    const url = new URL(`${access.server}${upgrade.path}`);
    const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
    let connected = false;
    const request = (url.protocol === 'http:' ? httpRequest : httpsRequest)(url, {
      ...prepared.options,
      agent: access.agent({ keepAlive: false, purpose: upgrade.purpose }),
      method: upgrade.method,
      headers: { ...prepared.options.headers, connection: 'Upgrade', ...upgrade.headers },
    });
    const late = new TunnelError('offline', 'The API server did not answer in time.');
    const timer = setTimeout(() => request.destroy(late), handshakeTimeout);
    request.once('socket', (socket) => {
      if (!socket.connecting) connected = true;
      else socket.once(url.protocol === 'http:' ? 'connect' : 'secureConnect', () => (connected = true));
    });
    request.once('upgrade', (response, socket, head) => {
      socket.setKeepAlive(true, keepAliveDelay);
      socket.setNoDelay(true);
      socket.setTimeout(0);
      if (head.length > 0) socket.unshift(head);
      if (upgrade.isGranted(response)) return resolve(socket);
      socket.destroy();
      reject(new WayBlocked(new TunnelError('protocol', 'The API server agreed to another protocol.')));
    });
    request.once('response', (response) => {
      readBeginning(response).then((body) => {
        const { statusCode: status = 0, headers } = response;
        reject(judgeRefusal({ status, contentType: headers['content-type'] ?? '', body }));
        request.destroy();
      }, reject);
    });
    request.on('error', (error) => {
      const told = error instanceof TunnelError ? error : new TunnelError('offline', error.message, error);
      // Who takes a connection and then says nothing, or hangs up, may do so because of what was asked.
      reject(connected ? new WayBlocked(told) : told);
    });
    request.end();
    try {
      return await promise;
    } finally {
      clearTimeout(timer);
    }
  });
}
