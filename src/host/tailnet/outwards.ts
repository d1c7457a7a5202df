import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { GuildNetError } from '#contract/errors.ts';

/** How long a connection through the tailnet may take to be made, in milliseconds: the node tries five times, 3 s each. */
const dialMs = 20_000;

/**
 * Opens a TCP connection into the tailnet through the node's own endpoint (HTTP CONNECT, RFC 9110, 9.3.6): to a node, a
 * MagicDNS name, or an address of a subnet that a node routes. Rejects with `upstream_failed`, and never dials this
 * computer's own network.
 */
export async function dialTailnet(
  endpoint: { address: string; secret: string },
  { host, port }: { host: string; port: number },
  signal?: AbortSignal,
): Promise<Duplex> {
  const [at = '', endpointPort = ''] = endpoint.address.split(':');
  const target = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  const refused = (why: string, cause?: unknown): GuildNetError =>
    new GuildNetError('upstream_failed', `${target} could not be reached through the tailnet: ${why}.`, {
      remedy:
        'Look at "guildnet tailnet status"; an address of a subnet needs a node that advertises it, and an approved route.',
      ...(cause === undefined ? {} : { cause }),
    });
  return await new Promise((resolve, reject) => {
    const dial = request({
      host: at,
      port: Number(endpointPort),
      method: 'CONNECT',
      path: target,
      headers: { 'proxy-authorization': `Bearer ${endpoint.secret}` },
      agent: false,
      timeout: dialMs,
      ...(signal === undefined ? {} : { signal }),
    });
    dial.once('timeout', () => dial.destroy(new Error('it takes too long')));
    dial.once('error', (error) => reject(refused(error.message, error)));
    dial.once('connect', (response, socket, head: Buffer) => {
      socket.setTimeout(0);
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      reject(refused(head.toString('utf8').slice(0, 200) || `the node answers ${String(response.statusCode)}`));
      socket.destroy();
    });
    dial.setNoDelay(true);
    dial.end();
  });
}
