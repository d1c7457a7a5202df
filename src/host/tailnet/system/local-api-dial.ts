import { request } from 'node:http';
import type { Duplex } from 'node:stream';
import { TailnetDialError } from '../outwards.ts';

const dialMs = 20_000;

/** A connection into the tailnet by the LocalAPI (`dial`, with the upgrade `ts-dial`). Rejects with a TailnetDialError. */
export async function dialBy(
  socketPath: string,
  { host, port }: { host: string; port: number },
  signal?: AbortSignal,
): Promise<Duplex> {
  const failed = (why: string, cause?: unknown): TailnetDialError =>
    new TailnetDialError(/refused/i.test(why) ? 'refused' : 'other', `${host}:${String(port)}`, why, cause);
  return await new Promise((resolve, reject) => {
    const dial = request({
      socketPath,
      method: 'POST',
      path: '/localapi/v0/dial',
      headers: {
        host: 'local-tailscaled.sock',
        connection: 'upgrade',
        upgrade: 'ts-dial',
        'dial-host': host,
        'dial-port': String(port),
        'dial-network': 'tcp',
      },
      agent: false,
      signal:
        signal === undefined ? AbortSignal.timeout(dialMs) : AbortSignal.any([signal, AbortSignal.timeout(dialMs)]),
    });
    dial.once('error', (error) => reject(failed(error.message, error)));
    dial.once('upgrade', (_response, socket, head: Buffer) => {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
    });
    dial.once('response', (response) => {
      response.resume();
      reject(failed(`tailscaled answers ${String(response.statusCode)}`));
    });
    dial.end();
  });
}
