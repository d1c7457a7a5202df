import { once } from 'node:events';
import { createServer, request as httpRequest } from 'node:http';
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import { connect, createServer as createTcpServer, Socket } from 'node:net';
import type { AddressInfo, Server as TcpServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { createAuthority, openAuthority } from '../certs/authority.ts';
import { createLog } from '../observability/log.ts';
import { http1Client } from './exchange/upgrade-client.ts';
import { TunnelPool } from './transport/tunnel-pool.ts';
import { TunnelError } from './transport/tunnel-error.ts';
import { unwatched } from './traffic.ts';
import { createWorkspaceProxy } from './workspace-proxy.ts';
import type { Attempt, Broken } from './workspace-proxy.ts';

// Faults that a pod cannot be made to show on demand: tunnels are plain sockets to servers of the test's own here.

const open: (Server | TcpServer)[] = [];
const sockets = new Set<Socket>();
afterEach(async () => {
  for (const socket of sockets) socket.destroy();
  await Promise.all(open.splice(0).map((server) => new Promise((resolve) => server.close(resolve))));
});

async function listen(server: Server | TcpServer): Promise<number> {
  open.push(server);
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}

/** A front whose every request goes to the port; answers the function that asks it. */
async function front(port: number, scheme: 'http' | 'https' = 'http') {
  const log = createLog({ level: 'silent' });
  const pool = new TunnelPool({ open: (target) => connect(target.port, '127.0.0.1') }, log);
  const proxy = createWorkspaceProxy({
    upstream: ({ id }) => {
      if (id === 'missing') throw new GuildNetError('not_found', 'There is none.');
      const target = { namespace: 'n', pod: 'p', podUid: 'u', port, scheme };
      return { target, tunnels: pool.to(target) };
    },
    traffic: { begin: () => unwatched },
    site: () => ({ controlOrigins: ['https://localhost:8080'], sharedOrigin: false, ownOrigin: () => undefined }),
    log,
  });
  const server = createServer((request, response) => {
    const id = request.headers['x-id'] === 'missing' ? 'missing' : 'cs';
    void proxy.serve(
      request,
      response,
      {
        kind: 'workspace',
        ask: { kind: 'server', id },
        id,
        upstreamPath: request.url ?? '/',
        mode: 'origin',
        prefix: '',
      },
      'rid',
    );
  });
  server.on('upgrade', (request, socket: Socket, head: Buffer) => {
    void proxy.upgrade(
      request,
      http1Client(socket, head),
      {
        kind: 'workspace',
        ask: { kind: 'server', id: 'cs' },
        id: 'cs',
        upstreamPath: request.url ?? '/',
        mode: 'origin',
        prefix: '',
      },
      'rid',
    );
  });
  const at = await listen(server);
  return async (method = 'GET', headers: Record<string, string> = {}, body = '') => {
    const request = httpRequest({ port: at, host: '127.0.0.1', method, path: '/x', headers, agent: false });
    request.end(body);
    const [response] = (await once(request, 'response')) as [IncomingMessage];
    return { status: response.statusCode, headers: response.headers, text: await text(response) };
  };
}

const http = async (listener: RequestListener): Promise<number> => listen(createServer(listener));

test('a request on a kept connection that the far end has closed is sent again when that is safe', async () => {
  let connections = 0;
  const server = createTcpServer((socket) => {
    connections += 1;
    const first = connections === 1;
    let requests = 0;
    socket.on('data', () => {
      requests += 1;
      // The first connection answers once and then dies on its second request, as a server does whose patience ran out.
      if (first && requests === 2) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    socket.on('error', () => socket.destroy());
  });
  const ask = await front(await listen(server));
  expect((await ask()).text).toBe('ok');
  expect((await ask()).text).toBe('ok');
  expect(connections).toBe(2);
});

test('what may not be repeated is not, and says that the connection was cut', async () => {
  let requests = 0;
  const server = createTcpServer((socket) => {
    socket.on('data', () => {
      requests += 1;
      if (requests === 2) socket.destroy();
      else socket.write('HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok');
    });
    socket.on('error', () => socket.destroy());
  });
  const ask = await front(await listen(server));
  await ask();
  const answer = await ask('POST', {}, 'body');
  expect(answer.status).toBe(502);
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'upstream_failed', request_id: 'rid' });
});

test('an answer that breaks off breaks off for the client too', async () => {
  const port = await http((_request, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('half');
    setImmediate(() => response.destroy());
  });
  const ask = await front(port);
  await expect(ask()).rejects.toThrow('aborted');
});

test('what does not speak HTTP is told as such', async () => {
  const port = await listen(createTcpServer((socket) => socket.end('SSH-2.0-OpenSSH\r\n')));
  const answer = await (await front(port))();
  expect(answer.status).toBe(502);
  expect(JSON.parse(answer.text)).toMatchObject({ message: expect.stringContaining('does not speak HTTP') as string });
});

test('HTTPS in the container is its own affair', async () => {
  const pair = await openAuthority(await createAuthority()).issue(['unrelated.localhost']);
  const port = await listen(
    createHttpsServer(pair, (request, response) => response.end(`secure ${request.url ?? ''}`)),
  );
  const answer = await (await front(port, 'https'))();
  expect(answer.text).toBe('secure /x');
});

test('an error is a page for a navigation and has no body for HEAD', async () => {
  const ask = await front(1);
  const page = await ask('GET', { 'x-id': 'missing', 'sec-fetch-mode': 'navigate' });
  expect([page.status, page.headers['content-type']]).toEqual([404, 'text/html; charset=utf-8']);
  const head = await ask('HEAD', { 'x-id': 'missing' });
  expect([head.status, head.text]).toEqual([404, '']);
});

test("the tunnel's connection headers are not the client's", async () => {
  const port = await http((_request, response) => {
    response.writeHead(200, { connection: 'close', 'strict-transport-security': 'max-age=1', 'content-length': 0 });
    response.end();
  });
  const server = await front(port);
  const answer = await server('GET', { connection: 'keep-alive' });
  expect(answer.headers.connection).toBe('keep-alive');
  expect(answer.headers['strict-transport-security']).toBeUndefined();
});

test('an upgrade that the workspace refuses is answered as the workspace did', async () => {
  const port = await http((_request, response) => {
    response.writeHead(401, { 'set-cookie': 'a=b; Domain=x', 'content-type': 'text/plain' });
    response.end('no');
  });
  const ask = await front(port);
  const answer = await ask('GET', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'x',
    'sec-websocket-version': '13',
  });
  expect([answer.status, answer.text, answer.headers['set-cookie']]).toEqual([
    401,
    'no',
    ['a=b; Secure; SameSite=None; Partitioned'],
  ]);
});

test('an upgrade to a workspace that is not there is answered with the reason', async () => {
  const port = await http(() => undefined);
  const ask = await front(port);
  open
    .splice(
      open.findIndex((server) => (server.address() as AddressInfo).port === port),
      1,
    )[0]
    ?.close();
  const answer = await ask('GET', {
    connection: 'Upgrade',
    upgrade: 'websocket',
    'sec-websocket-key': 'x',
    'sec-websocket-version': '13',
  });
  expect(answer.status).toBe(502);
  expect(JSON.parse(answer.text)).toMatchObject({ code: 'upstream_failed' });
});

test('a request that reached nobody is sent once more, with the body that was sent, the rest of it, and its trailers', async () => {
  const seen: string[] = [];
  const there = await http((request, response) => {
    text(request).then((body) => {
      seen.push(body);
      response.end(JSON.stringify(request.trailers));
    }, fail);
  });
  const log = createLog({ level: 'silent' });
  let tries = 0;
  const pool = new TunnelPool(
    {
      open({ port }) {
        tries += 1;
        if (tries > 1) return connect(port, '127.0.0.1');
        // Takes bytes as a tunnel does that goes out in one write, and says later that nobody was there.
        const tunnel = new Socket();
        tunnel.write = () => true;
        arrived.then(() => tunnel.destroy(new TunnelError('refused', 'refused')), fail);
        return Object.assign(tunnel, { connecting: false });
      },
    },
    log,
  );
  const { promise: arrived, resolve: arrive, reject: fail } = Promise.withResolvers<unknown>();
  const target = { namespace: 'n', pod: 'p', podUid: 'u', port: there, scheme: 'http' as const };
  const proxy = createWorkspaceProxy({
    upstream: () => ({ target, tunnels: pool.to(target) }),
    traffic: { begin: () => ({ ...unwatched, fromClient: () => arrive(undefined) }) },
    site: () => ({ controlOrigins: [], sharedOrigin: false, ownOrigin: () => undefined }),
    log,
  });
  const broken: Broken[] = [];
  const at = await http((request, response) => {
    const route = { kind: 'workspace', id: 'w', upstreamPath: '/x', mode: 'origin', prefix: '' } as const;
    const ask = { kind: 'server', id: 'w' } as const;
    const serve = (attempt: Attempt) => void proxy.serve(request, response, { ...route, ask }, 'rid', attempt);
    serve({
      takeOver(one) {
        broken.push(one);
        // The rest of the body comes while nobody reads it.
        sender.write('-second');
        setImmediate(() => serve({ sent: one.sent }));
        sender.addTrailers({ 'x-sum': '1' });
        sender.end('-third');
        return true;
      },
    });
  });
  const sender = httpRequest({
    port: at,
    host: '127.0.0.1',
    method: 'POST',
    headers: { trailer: 'x-sum' },
    agent: false,
  });
  sender.write('first');
  const [response] = (await once(sender, 'response')) as [IncomingMessage];
  expect(await text(response)).toBe('{"x-sum":"1"}');
  expect([seen, tries, broken.map(({ repeatable }) => repeatable)]).toEqual([['first-second-third'], 2, [false]]);
});
