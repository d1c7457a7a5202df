import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { ClientRequest } from 'node:http';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { createLog } from '#host/observability/log.ts';
import type { NodeEvent, NodeStatus } from '#host/tailnet/node-messages.ts';
import { startNode } from '#host/tailnet/node-process.ts';
import { dialTailnet } from '#host/tailnet/outwards.ts';
import type { Answer } from '#test/host/answer.ts';
import { readAnswer } from '#test/host/read-answer.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { clientEnv } from './headscale.ts';
import type { Headscale } from './headscale.ts';

const patience = { timeoutMs: 120_000 };

interface Asking {
  method?: string;
  headers?: Record<string, string>;
  body?: object;
}

/** A device of somebody's in a tailnet, and what its programs do. Disposing of it takes it out of the tailnet. */
export interface TailnetPeer extends AsyncDisposable {
  address: string;
  /** A connection to a port of a node; rejects where none is served, or none is let through. */
  dial(host: string, port: number): Promise<Duplex>;
  /** The PEM of the authority that the host offers at plain `:80`, once it answers. */
  authorityOf(host: string): Promise<string>;
  /** A request to an https address of the tailnet, verified by `ca`. Its answer is not read. */
  open(url: string, ca: string, asking?: Asking): Promise<ClientRequest>;
  ask(url: string, ca: string, asking?: Asking): Promise<Answer>;
  /** The status with which an upgrade is answered, and what it leads to. */
  upgrade(url: string, ca: string, headers?: Record<string, string>): Promise<{ status: number; socket?: Duplex }>;
}

export async function joinAsPeer(
  headscale: Pick<Headscale, 'url' | 'keys'>,
  user: 'alice' | 'bob',
  program: string,
  hostname: string,
): Promise<TailnetPeer> {
  const dir = await mkdtemp(join(tmpdir(), 'guildnet-peer-'));
  const secret = randomBytes(32).toString('hex');
  const events: NodeEvent[] = [];
  const node = startNode({
    program,
    config: {
      controlUrl: headscale.url,
      authKey: headscale.keys[user],
      hostname,
      dir,
      ephemeral: true,
      acceptRoutes: true,
      forward: '127.0.0.1:1',
      secret,
      perDevice: 8,
      all: 64,
    },
    env: { ...process.env, ...clientEnv },
    onEvent: (event) => events.push(event),
    log: createLog({ level: 'silent' }),
  });
  const dispose = async (): Promise<void> => {
    await node.stop();
    await rm(dir, { recursive: true, force: true });
  };
  try {
    const status = await waitUntil(
      () => events.findLast((event): event is NodeStatus => event.event === 'status' && event.state === 'Running'),
      { what: `${hostname} to be on the tailnet`, ...patience, explain: () => JSON.stringify(events) },
    );
    const dial: TailnetPeer['dial'] = async (host, port) => {
      const found = events.find((event) => event.event === 'outwards');
      return dialTailnet({ address: found?.address ?? '', secret }, { host, port });
    };
    const open: TailnetPeer['open'] = async (url, ca, { method = 'GET', headers = {}, body } = {}) => {
      const { hostname: host, port, host: authority, pathname, search } = new URL(url);
      const socket = await dial(host, port === '' ? 443 : Number(port));
      const tls = connectTls({
        socket,
        ...(isIP(host) === 0 ? { servername: host } : { host, servername: '' }),
        ca,
        ALPNProtocols: ['http/1.1'],
      });
      await once(tls, 'secureConnect');
      const json = body === undefined ? {} : { 'content-type': 'application/json' };
      const request = httpRequest({
        createConnection: () => tls,
        path: `${pathname}${search}`,
        method,
        headers: { host: authority, ...json, ...headers },
      });
      request.end(body === undefined ? undefined : JSON.stringify(body));
      return request;
    };
    return {
      address: status.ips[0] ?? '',
      dial,
      async authorityOf(host) {
        return await waitUntil(
          async () => {
            try {
              const socket = await dial(host, 80);
              const request = httpRequest({
                createConnection: () => socket,
                path: '/guildnet-ca.crt',
                headers: { host, connection: 'close' },
              });
              request.end();
              const { status: code, text: pem } = await readAnswer(request);
              return code === 200 ? pem : undefined;
            } catch {
              // Until the two have found each other; what keeps them apart is told when patience ends.
              return undefined;
            }
          },
          { what: `${host} to explain itself`, ...patience, explain: () => JSON.stringify(events) },
        );
      },
      open,
      ask: async (url, ca, asking) => readAnswer(await open(url, ca, asking)),
      async upgrade(url, ca, headers = {}) {
        const request = await open(url, ca, {
          headers: {
            connection: 'Upgrade',
            upgrade: 'websocket',
            'sec-websocket-version': '13',
            'sec-websocket-key': 'dGhlIHNhbXBsZSBub25jZQ==',
            ...headers,
          },
        });
        return await new Promise((resolve, reject) => {
          request.once('error', reject);
          request.once('upgrade', (_response, socket) => resolve({ status: 101, socket }));
          request.once('response', (response) => {
            response.resume();
            resolve({ status: response.statusCode ?? 0 });
          });
        });
      },
      [Symbol.asyncDispose]: dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}
