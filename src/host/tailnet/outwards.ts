import { request } from 'node:http';
import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { GuildNetError } from '#contract/errors.ts';

/** How long a connection through the tailnet may take to be made, in milliseconds: the node tries five times, 3 s each. */
const dialMs = 20_000;

/**
 * Why no connection was made. elsewhere: no node of the tailnet serves the address; refused: nothing listens there; late: nobody
 * answers, as where a policy forbids it.
 */
export type DialFailure = 'elsewhere' | 'refused' | 'late' | 'other';

export class TailnetDialError extends GuildNetError {
  readonly failure: DialFailure;

  constructor(failure: DialFailure, target: string, why: string, cause?: unknown) {
    super('upstream_failed', `${target} could not be reached through the tailnet: ${why}.`, {
      remedy:
        'Look at "guildnet tailnet status"; an address of a subnet needs a node that advertises it, and an approved route.',
      ...(cause === undefined ? {} : { cause }),
    });
    this.failure = failure;
  }
}

/** What the node's statuses mean (`statusOf` of its outwards.go). */
const failures: Readonly<Record<number, DialFailure>> = { 404: 'elsewhere', 502: 'refused', 504: 'late' };

/**
 * Opens a TCP connection into the tailnet through the node's own endpoint (HTTP CONNECT, RFC 9110, 9.3.6): to a node, a
 * MagicDNS name, or an address of a subnet that a node routes. Rejects with a TailnetDialError, and never dials
 * this computer's own network.
 */
export async function dialTailnet(
  endpoint: { address: string; secret: string },
  { host, port }: { host: string; port: number },
  signal?: AbortSignal,
): Promise<Duplex> {
  const [at = '', endpointPort = ''] = endpoint.address.split(':');
  const target = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  const failed = (failure: DialFailure, why: string, cause?: unknown): TailnetDialError =>
    new TailnetDialError(failure, target, why, cause);
  return await new Promise((resolve, reject) => {
    const dial = request({
      host: at,
      port: Number(endpointPort),
      method: 'CONNECT',
      path: target,
      headers: { 'proxy-authorization': `Bearer ${endpoint.secret}` },
      agent: false,
      // What ends one way may go on the other.
      createConnection: () =>
        connect({ host: at, port: Number(endpointPort), allowHalfOpen: true, noDelay: true, keepAlive: true }),
      timeout: dialMs,
      ...(signal === undefined ? {} : { signal }),
    });
    dial.once('timeout', () => dial.destroy(new Error('it takes too long')));
    dial.once('error', (error) => reject(failed(signal?.aborted === true ? 'late' : 'other', error.message, error)));
    dial.once('connect', (response, socket, head: Buffer) => {
      socket.setTimeout(0);
      if (response.statusCode === 200) {
        if (head.length > 0) socket.unshift(head);
        resolve(socket);
        return;
      }
      const { statusCode = 0 } = response;
      const why = head.toString('utf8').slice(0, 200) || `the node answers ${String(statusCode)}`;
      reject(failed(failures[statusCode] ?? 'other', why));
      socket.destroy();
    });
    dial.end();
  });
}
