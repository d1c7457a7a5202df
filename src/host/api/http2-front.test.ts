import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Session, ClientHttp2Stream, OutgoingHttpHeaders } from 'node:http2';
import { createServer, request as httpRequest } from 'node:http';
import type { RequestListener, Server } from 'node:http';
import { connect } from 'node:net';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { expect, test } from 'vitest';
import { createAuthority, openAuthority } from '../certs/authority.ts';
import { createLog } from '../observability/log.ts';
import { webSocketAccept } from '../proxy/exchange/websocket-accept.ts';
import { unwatched } from '../proxy/traffic.ts';
import { TunnelPool } from '../proxy/transport/tunnel-pool.ts';
import { createWorkspaceProxy } from '../proxy/workspace-proxy.ts';
import { serveHttps } from './https-server.ts';

const log = createLog({ level: 'silent' });

interface Front extends AsyncDisposable {
  port: number;
  session(): ClientHttp2Session;
}

/** The HTTPS server as it is, every request of which goes to a server of the test's own; nothing of Kubernetes is in between. */
async function front(
  listener: RequestListener,
  prepare: (server: Server) => void = () => undefined,
  patience: { handshakeMs?: number; headersMs?: number } = {},
): Promise<Front> {
  await using opening = new AsyncDisposableStack();
  const upstream = createServer(listener);
  prepare(upstream);
  await new Promise<void>((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  opening.defer(() => {
    upstream.closeAllConnections();
    upstream.close();
  });
  const pool = new TunnelPool({ open: ({ port }) => connect(port, '127.0.0.1') }, log);
  opening.defer(() => pool.close());
  const target = { namespace: 'n', pod: 'p', podUid: 'u', scheme: 'http' as const };
  const { port: podPort } = upstream.address() as AddressInfo;
  const proxy = createWorkspaceProxy({
    upstream: () => ({ target: { ...target, port: podPort }, tunnels: pool.to({ ...target, port: podPort }) }),
    traffic: { begin: () => unwatched },
    site: () => ({ controlOrigins: [], sharedOrigin: false, ownOrigin: () => undefined }),
    log,
  });
  const route = (url = '/') =>
    ({
      kind: 'workspace',
      ask: { kind: 'server', id: 'cs' },
      id: 'cs',
      upstreamPath: url,
      mode: 'origin',
      prefix: '',
    }) as const;
  const pair = await openAuthority(await createAuthority()).issue(['localhost']);
  const server = await serveHttps({
    listen: { host: '127.0.0.1', port: 0 },
    certificates: { current: async () => pair, sni: (_name, done) => done(null), caFile: '', trusts: () => false },
    dispatch: {
      request: (request, response) => void proxy.serve(request, response, route(request.url), 'rid'),
      upgrade: (request, client) => void proxy.upgrade(request, client, route(request.url), 'rid'),
    },
    log,
    // Long where it is not what is tried: a busy machine takes its time over a handshake.
    patience: { handshakeMs: 60_000, headersMs: 60_000, ...patience },
  });
  opening.defer(() => server.close());
  const sessions = opening.use(new DisposableStack());
  const opened = opening.move();
  return {
    port: server.port,
    session: () => {
      const session = connectHttp2(`https://localhost:${String(server.port)}`, { rejectUnauthorized: false });
      sessions.defer(() => session.destroy());
      return session;
    },
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}

async function ask(session: ClientHttp2Session, headers: OutgoingHttpHeaders, body?: string) {
  const stream = session.request(headers, { endStream: body === undefined });
  if (body !== undefined) stream.end(body);
  const [answer] = (await once(stream, 'response')) as [Record<string, string | string[]>];
  return { headers: answer, text: await text(stream) };
}

test('requests come over HTTP/2 as over HTTP/1.1: method, path, host, cookies, body and trailers', async () => {
  await using server = await front((request, response) => {
    void text(request).then((body) => {
      response.writeHead(200, { 'set-cookie': ['a=1', 'b=2'], trailer: 'x-sum' });
      response.write(JSON.stringify({ url: request.url, method: request.method, headers: request.headers, body }));
      response.addTrailers({ 'x-sum': '42' });
      response.end();
    });
  });
  const session = server.session();
  const stream = session.request(
    { ':method': 'PUT', ':path': '/a//b%2F?x&&y', cookie: ['a=b', 'c=d'], 'x-own': '1' },
    { endStream: false },
  );
  const trailers = once(stream, 'trailers') as Promise<[Record<string, string>]>;
  stream.end('hello');
  const [head] = (await once(stream, 'response')) as [Record<string, unknown>];
  const seen = JSON.parse(await text(stream)) as { headers: Record<string, string> };
  expect(head).toMatchObject({ ':status': 200, 'set-cookie': [expect.stringContaining('a=1'), expect.any(String)] });
  expect(seen).toMatchObject({ url: '/a//b%2F?x&&y', method: 'PUT', body: 'hello' });
  expect(seen.headers).toMatchObject({
    host: `localhost:${String(server.port)}`,
    cookie: 'a=b; c=d',
    'transfer-encoding': 'chunked',
    'x-own': '1',
    'x-forwarded-proto': 'https',
  });
  expect((await trailers)[0]).toMatchObject({ 'x-sum': '42' });
});

test('a request without a body has none upstream, and an answer to HEAD has none downstream', async () => {
  await using server = await front((request, response) => {
    response.setHeader('content-length', '5');
    response.end(request.method === 'HEAD' ? undefined : (request.headers['transfer-encoding'] ?? 'none-').slice(0, 5));
  });
  const session = server.session();
  expect((await ask(session, { ':path': '/' })).text).toBe('none-');
  const head = await ask(session, { ':path': '/', ':method': 'HEAD' });
  expect([head.headers['content-length'], head.text]).toEqual(['5', '']);
});

test('many event streams share one connection, and one that is left is left upstream too', async () => {
  let open = 0;
  await using server = await front((_request, response) => {
    open += 1;
    response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: 1\n\n');
    response.once('close', () => (open -= 1));
  });
  const session = server.session();
  const streams = await Promise.all(
    Array.from({ length: 40 }, async () => {
      const stream = session.request({ ':path': '/events' });
      await once(stream, 'data');
      return stream;
    }),
  );
  expect(open).toBe(40);
  for (const stream of streams) stream.close();
  await expect.poll(() => open).toBe(0);
});

function echo(server: Server): void {
  server.on('upgrade', (request, socket) => {
    const accept = webSocketAccept(request.headers['sec-websocket-key'] ?? '');
    socket.write(
      `HTTP/1.1 101 Go\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\nSec-WebSocket-Protocol: a\r\n\r\n`,
    );
    socket.pipe(socket);
    socket.on('error', () => socket.destroy());
  });
}

test('a WebSocket by extended CONNECT reaches the workspace as an upgrade, and bytes go both ways', async () => {
  await using server = await front(() => undefined, echo);
  const session = server.session();
  await once(session, 'remoteSettings');
  const stream: ClientHttp2Stream = session.request(
    { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/ws?token=a', 'sec-websocket-version': '13' },
    { endStream: false },
  );
  const [head] = (await once(stream, 'response')) as [Record<string, unknown>];
  expect(head).toMatchObject({ ':status': 200, 'sec-websocket-protocol': 'a' });
  expect(head['sec-websocket-accept']).toBeUndefined();
  stream.write('hello');
  expect(String(((await once(stream, 'data')) as [Buffer])[0])).toBe('hello');
  stream.close();
});

test('the listeners of a WebSocket do not grow with what passes, and Node warns of none', async () => {
  const warnings: Error[] = [];
  const onWarning = (warning: Error): void => void warnings.push(warning);
  process.on('warning', onWarning);
  await using server = await front(() => undefined, echo);
  const session = server.session();
  await once(session, 'remoteSettings');
  const stream = session.request(
    { ':method': 'CONNECT', ':protocol': 'websocket', ':path': '/', 'sec-websocket-version': '13' },
    { endStream: false },
  );
  await once(stream, 'response');
  for (let count = 0; count < 200; count += 1) {
    stream.write('x');
    await once(stream, 'data');
  }
  stream.close();
  await once(stream, 'close');
  // Warnings are told a turn after their cause.
  await new Promise((resolve) => setImmediate(resolve));
  process.off('warning', onWarning);
  expect(warnings.filter(({ name }) => name === 'MaxListenersExceededWarning')).toEqual([]);
});

test('a CONNECT that asks for no protocol is refused', async () => {
  await using server = await front(() => undefined);
  const answer = await ask(server.session(), { ':method': 'CONNECT', ':authority': '127.0.0.1:1' });
  expect(answer.headers[':status']).toBe(405);
});

test('HTTP/1.1 is spoken to those who want it', async () => {
  await using server = await front((_request, response) => response.end('ok'));
  const socket = connectTls({
    port: server.port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  });
  socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
});

test('who does not finish the handshake, or the headers, is sent away', async () => {
  const ok: RequestListener = (_request, response) => response.end('ok');
  await using unshaken = await front(ok, undefined, { handshakeMs: 100 });
  const silent = connect(unshaken.port, '127.0.0.1');
  await once(silent, 'close');
  await using server = await front(ok, undefined, { headersMs: 200 });
  const slow = connectTls({
    port: server.port,
    host: '127.0.0.1',
    rejectUnauthorized: false,
    ALPNProtocols: ['http/1.1'],
  });
  slow.write('GET / HTTP/1.1\r\nHost: loc');
  expect(await text(slow)).toMatch(/^HTTP\/1\.1 408 /);
});

test('an expectation is the workspace’s to answer', async () => {
  await using server = await front(
    (request, response) => void text(request).then((body) => response.end(body)),
    (upstream) =>
      upstream.on('checkContinue', (request, response) => {
        if (request.headers['x-unwanted'] !== undefined) response.writeHead(413).end();
        else {
          response.writeContinue();
          upstream.emit('request', request, response);
        }
      }),
  );
  const post = async (headers: Record<string, string>) => {
    const socket = connectTls({ port: server.port, host: '127.0.0.1', rejectUnauthorized: false });
    await once(socket, 'secureConnect');
    const request = httpRequest({
      createConnection: () => socket,
      method: 'POST',
      headers: { host: 'localhost', expect: '100-continue', 'content-length': '4', ...headers },
    });
    let continued = false;
    request.once('continue', () => {
      continued = true;
      request.end('body');
    });
    request.flushHeaders();
    const [response] = (await once(request, 'response')) as [NodeJS.ReadableStream & { statusCode: number }];
    const body = await text(response);
    socket.destroy();
    return { status: response.statusCode, body, continued };
  };
  expect(await post({})).toEqual({ status: 200, body: 'body', continued: true });
  expect(await post({ 'x-unwanted': '1' })).toEqual({ status: 413, body: '', continued: false });
});
