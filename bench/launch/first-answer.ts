import { Agent, type RequestOptions, request } from 'node:https';
import { request as plainRequest } from 'node:http';
import { waitUntil } from '#local-cluster/wait-until.ts';

/** How long a first answer may take, in milliseconds. */
const patience = 30_000;

/**
 * Asks for `/` again and again until it is answered with 200 (a redirect counts: it is the application's answer), and
 * returns when that was. A workspace's host name is loopback by definition (RFC 6761), whatever the resolver says.
 */
export async function firstAnswer(url: string, host?: { ca: string; token: string }): Promise<number> {
  const target = new URL(url);
  const agent = host === undefined ? undefined : new Agent({ ca: host.ca });
  const options: RequestOptions = {
    host: '127.0.0.1',
    port: target.port,
    path: target.pathname,
    headers: {
      host: target.host,
      ...(host === undefined ? {} : { 'proxy-authorization': `Bearer ${host.token}` }),
    },
    ...(agent === undefined ? {} : { agent, servername: target.hostname }),
  };
  const answers = (): Promise<boolean> => {
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const send = agent === undefined ? plainRequest : request;
    const sent = send(options, (response) => {
      response.resume();
      resolve(response.statusCode !== undefined && response.statusCode < 400);
    });
    sent.once('error', () => resolve(false));
    sent.end();
    return promise;
  };
  await waitUntil(answers, { what: `${url} to answer`, timeoutMs: patience, intervalMs: 5 });
  agent?.destroy();
  return performance.now();
}
