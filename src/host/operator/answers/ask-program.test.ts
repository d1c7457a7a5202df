import { createServer as createHttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer } from 'node:net';
import type { AddressInfo, Server, Socket } from 'node:net';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, test } from 'vitest';
import { createAuthority, openAuthority } from '../../certs/authority.ts';
import type { KeyPair } from '../../certs/authority.ts';
import { ForwardTunnel } from '../../proxy/transport/forward-tunnel.ts';
import { TunnelError } from '../../proxy/transport/tunnel-error.ts';
import type { TunnelFailure } from '../../proxy/transport/tunnel-error.ts';
import type { Tunnel } from '../../proxy/transport/transport.ts';
import { askProgram } from './ask-program.ts';
import type { ProgramQuestion } from './ask-program.ts';

// Real servers on loopback, which is where tunnels come out; only the way through the cluster is not there.

let pair: KeyPair;
beforeAll(async () => {
  pair = await openAuthority(await createAuthority()).issue(['localhost']);
});

const servers: Server[] = [];
const sockets = new Set<Socket>();
afterEach(() => {
  for (const socket of sockets) socket.destroy();
  for (const server of servers.splice(0)) server.close();
});

async function listening(server: Server): Promise<() => Tunnel> {
  servers.push(server);
  server.on('connection', (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy()).once('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return () => connect(port, '127.0.0.1');
}

const asking = (open: () => Tunnel, more: Partial<ProgramQuestion> = {}) =>
  askProgram({
    open,
    port: 8080,
    scheme: 'http',
    path: '/',
    withinMs: 20_000,
    signal: new AbortController().signal,
    ...more,
  });

const answering = (status: number, headers = {}) =>
  listening(createHttpServer((_request, response) => response.writeHead(status, headers).end('x')));
/** Says this to whatever it hears, and no more. */
const saying = (text: string) => listening(createServer((socket) => socket.once('data', () => socket.end(text))));

describe('a program that speaks HTTP', () => {
  test.each([200, 204, 301, 401, 403, 404, 500, 503])('and answers %i', async (status) => {
    expect(await asking(await answering(status))).toEqual({ is: 'status', status });
  });

  test('is asked for the path, by a name that it takes for its own, as a probe', async () => {
    const heard: unknown[] = [];
    const open = await listening(
      createHttpServer((request, response) => {
        heard.push([request.method, request.url, request.headers.host, request.headers['user-agent']]);
        response.end();
      }),
    );
    await asking(open, { path: '/health?deep=1' });
    expect(heard).toEqual([['GET', '/health?deep=1', 'localhost:8080', 'kube-probe/guildnet']]);
  });

  test('and answers with more headers than Node takes by default', async () => {
    expect(await asking(await answering(200, { 'x-large': 'x'.repeat(60_000) }))).toEqual({
      is: 'status',
      status: 200,
    });
  });

  test('and whose page never ends', async () => {
    const open = await listening(createHttpServer((_request, response) => response.write('x')));
    expect(await asking(open)).toEqual({ is: 'status', status: 200 });
  });

  test('and answers 400 by its own will', async () => {
    expect(await asking(await answering(400))).toEqual({ is: 'status', status: 400 });
  });

  test('where HTTPS is expected', async () => {
    expect(await asking(await answering(401), { scheme: 'https' })).toEqual({ is: 'other-scheme', speaks: 'http' });
  });
});

describe('a program that speaks HTTPS', () => {
  const secured = (status: number) =>
    listening(createHttpsServer(pair, (_request, response) => response.writeHead(status).end()));

  test('where it is expected', async () => {
    expect(await asking(await secured(401), { scheme: 'https' })).toEqual({ is: 'status', status: 401 });
  });

  test('where plain HTTP is expected, and closes such connections', async () => {
    expect(await asking(await secured(200))).toEqual({ is: 'other-scheme', speaks: 'https' });
  });

  test('where plain HTTP is expected, and says so, as nginx and Go do', async () => {
    const tls = await secured(200);
    const told = await saying(
      'HTTP/1.1 400 Bad Request\r\nContent-Length: 46\r\nConnection: close\r\n\r\nThe plain HTTP request was sent to HTTPS port\n',
    );
    let asked = 0;
    const open = (): Tunnel => {
      asked += 1;
      return asked === 1 ? told() : tls();
    };
    expect(await asking(open)).toEqual({ is: 'other-scheme', speaks: 'https' });
  });
});

describe('what else may listen there', () => {
  test('something that is not HTTP', async () => {
    expect(await asking(await saying('hello\n'))).toMatchObject({
      is: 'foreign',
      said: expect.stringMatching(/Parse/) as string,
    });
  });

  test('something that closes the connection', async () => {
    const open = await listening(createServer((socket) => socket.destroy()));
    expect(await asking(open)).toMatchObject({ is: 'foreign' });
  });

  test('something that says nothing', async () => {
    const open = await listening(createServer((socket) => socket.resume()));
    expect(await asking(open, { withinMs: 300 })).toEqual({ is: 'late' });
  });
});

describe('a tunnel', () => {
  const broken = (failure: TunnelFailure) => (): Tunnel => {
    const tunnel = new ForwardTunnel();
    process.nextTick(() => tunnel.destroy(new TunnelError(failure, failure)));
    return tunnel;
  };

  test.each([
    ['refused', { is: 'refused' }],
    ['gone', { is: 'unknown', passing: true }],
    ['offline', { is: 'unknown', passing: true }],
    ['lost', { is: 'unknown', passing: true }],
    ['unauthorized', { is: 'unknown', passing: true }],
    ['denied', { is: 'unknown', passing: false }],
    ['protocol', { is: 'unknown', passing: false }],
  ] as const)('that is %s', async (failure, answer) => {
    expect(await asking(broken(failure))).toEqual(answer);
    expect(await asking(broken(failure), { scheme: 'https' })).toEqual(answer);
  });

  test('that does not come up in time says nothing about the program', async () => {
    expect(await asking(() => new ForwardTunnel(), { withinMs: 20 })).toEqual({ is: 'unknown', passing: true });
  });

  test('is let go when nobody wants to know any more', async () => {
    const ending = new AbortController();
    const opened: Tunnel[] = [];
    const open = (): Tunnel => {
      const tunnel = new ForwardTunnel();
      opened.push(tunnel);
      return tunnel;
    };
    const answer = asking(open, { signal: ending.signal });
    while (opened.length === 0) await setImmediate();
    ending.abort();
    expect(await answer).toEqual({ is: 'unknown', passing: true });
    expect(opened.map(({ destroyed }) => destroyed)).toEqual([true]);
  });
});
