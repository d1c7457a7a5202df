import { once } from 'node:events';
import { connect as connectHttp2 } from 'node:http2';
import type { ClientHttp2Stream } from 'node:http2';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { hostMessageSchema } from '#contract/terminal.ts';
import type { HostMessage } from '#contract/terminal.ts';
import { refusedUpgrade } from '#test/host/refused-upgrade.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { terminalPath } from './terminal-sockets.ts';

// A host without a cluster: who may come in, and what becomes of those who do not speak. Terminals themselves: terminal.cluster.test.ts.

test.each([
  { url: '/api/workspaces/code-1a2b3/terminal', path: { id: 'code-1a2b3', what: 'terminal' } },
  { url: '/api/workspaces/code-1a2b3/exec?x=1', path: { id: 'code-1a2b3', what: 'exec' } },
  { url: '/api/workspaces/code-1a2b3/terminals', path: undefined },
  { url: '/api/workspaces//terminal', path: undefined },
  { url: '/api/workspaces/a/b/terminal', path: undefined },
  { url: '/api/workspaces/a/terminal/', path: undefined },
  { url: `/api/workspaces/${'a'.repeat(254)}/terminal`, path: undefined },
  { url: '/api/servers/a/terminal', path: undefined },
])('$url', ({ url, path }) => {
  expect(terminalPath(url)).toEqual(path);
});

let started: StartedHost;
beforeAll(async () => {
  started = await startHost();
  await started.reached('none');
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
});

const target = '/api/workspaces/code-1a2b3/terminal';
const start = JSON.stringify({ type: 'start', cols: 80, rows: 24 });

function open(path = target, headers: Record<string, string> = {}, asOwner = true): WebSocket {
  const { headers: own } = started.to(path);
  const shown = asOwner ? own : { host: own['host'] ?? '' };
  return new WebSocket(`wss://127.0.0.1:${String(started.port)}${path}`, {
    ca: started.ca,
    headers: { ...shown, ...headers },
  });
}

async function answerTo(socket: WebSocket, ...messages: (string | Buffer)[]): Promise<HostMessage> {
  await once(socket, 'open');
  for (const message of messages) socket.send(message);
  const [data] = (await once(socket, 'message')) as [Buffer];
  await once(socket, 'close');
  return hostMessageSchema.parse(JSON.parse(data.toString()));
}

describe('who may open one', () => {
  test('a program with the token, which is told what is in the way', async () => {
    expect(await answerTo(open(), start)).toMatchObject({ type: 'failed', error: { code: 'no_cluster' } });
  });

  test('our own page', async () => {
    const headers = { origin: `https://localhost:${String(started.port)}` };
    expect(await answerTo(open(target, headers), start)).toMatchObject({
      type: 'failed',
      error: { code: 'no_cluster' },
    });
  });

  test.each([
    { what: 'nobody without a token', headers: {}, asOwner: false, status: 401 },
    {
      what: "no workspace's page",
      headers: { origin: 'https://code-1a2b3.localhost:8080' },
      asOwner: true,
      status: 403,
    },
    { what: 'no page of another site', headers: { origin: 'https://evil.example' }, asOwner: true, status: 403 },
    { what: 'no page without an origin', headers: { origin: 'null' }, asOwner: true, status: 403 },
    { what: 'nobody by another name', headers: { host: 'evil.example' }, asOwner: true, status: 403 },
  ])('$what', async ({ headers, asOwner, status }) => {
    expect(await refusedUpgrade(open(target, headers, asOwner))).toBe(status);
  });

  test("nobody under a workspace's name: the path is the workspace's own there", async () => {
    const host = `code-1a2b3.localhost:${String(started.port)}`;
    // There is no cluster, and so no workspace that could answer.
    expect(await refusedUpgrade(open(target, { host }))).toBe(503);
  });

  test('nobody where there is none', async () => {
    expect(await refusedUpgrade(open('/api/workspaces/a/shell'))).toBe(404);
    expect(await refusedUpgrade(open('/api/servers'))).toBe(404);
  });
});

describe('what is no message', () => {
  test.each([
    { what: 'no JSON', message: 'hello' },
    { what: 'another first message', message: '{"type":"ack","offset":1}' },
    { what: 'a terminal that is too large', message: '{"type":"start","cols":100000,"rows":24}' },
    { what: 'a field that there is not', message: '{"type":"start","cols":80,"rows":24,"image":"x"}' },
    { what: 'input before the start', message: Buffer.from([0, 1, 2]) },
  ])('$what', async ({ message }) => {
    expect(await answerTo(open(), message)).toMatchObject({ type: 'failed', error: { code: 'bad_body' } });
  });

  test('one that is too long ends the connection', async () => {
    const socket = open();
    socket.on('error', () => undefined);
    await once(socket, 'open');
    socket.send('x'.repeat(2 * 1024 * 1024));
    const [code] = (await once(socket, 'close')) as [number];
    expect([1006, 1009]).toContain(code);
  });

  test('a program needs a name', async () => {
    const socket = open('/api/workspaces/code-1a2b3/exec');
    const message = await answerTo(socket, '{"type":"start","command":[]}');
    expect(message).toMatchObject({ type: 'failed', error: { code: 'bad_body' } });
  });
});

test('where workspaces share the origin of the page, no page may, by no way', async () => {
  await using shared = await startHost({ env: { PROXY_ORIGIN_MODE: 'path' } });
  await shared.reached('none');
  const origin = `https://localhost:${String(shared.port)}`;
  const page = { origin, 'sec-fetch-site': 'same-origin', 'user-agent': 'Mozilla/5.0' };
  const calls = [
    '/api/workspaces/a/terminals',
    '/sse/terminal?id=a&session=b&cols=1&rows=1',
    '/api/workspaces/a/%74erminals',
  ];
  for (const path of calls) {
    expect([path, (await shared.ask(path, { headers: page })).status]).toEqual([path, 403]);
    expect([path, (await shared.ask(path)).status]).not.toEqual([path, 403]);
  }
  expect((await shared.ask('/api/ui-config', { headers: page })).status).toBe(200);
  const { headers } = shared.to(target);
  const socket = new WebSocket(`wss://127.0.0.1:${String(shared.port)}${target}`, {
    ca: shared.ca,
    headers: { ...headers, origin },
  });
  expect(await refusedUpgrade(socket)).toBe(403);
});

test('browsers come by HTTP/2', async () => {
  const { headers } = started.to(target);
  const authority = `https://127.0.0.1:${String(started.port)}`;
  const session = connectHttp2(authority, {
    ca: started.ca,
  });
  try {
    await once(session, 'remoteSettings');
    const stream: ClientHttp2Stream = session.request({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'https',
      ':path': target,
      ':authority': `127.0.0.1:${String(started.port)}`,
      origin: authority,
      'proxy-authorization': headers['proxy-authorization'],
      'sec-websocket-version': '13',
    });
    const [answer] = (await once(stream, 'response')) as [{ ':status'?: number }];
    expect(answer[':status']).toBe(200);
    stream.write(maskedText(start));
    const [frame] = (await once(stream, 'data')) as [Buffer];
    // FIN and text; then a length of two bytes.
    expect(frame[0]).toBe(0x81);
    const begins = frame[1] === 126 ? 4 : 2;
    const length = frame[1] === 126 ? frame.readUInt16BE(2) : (frame[1] ?? 0);
    const message: unknown = JSON.parse(frame.subarray(begins, begins + length).toString());
    expect(message).toMatchObject({ type: 'failed', error: { code: 'no_cluster' } });
  } finally {
    session.destroy();
  }
});

/** A client's frame of less than 126 bytes (RFC 6455, 5.2), with a mask of zeros. */
function maskedText(text: string): Buffer {
  return Buffer.concat([Buffer.from([0x81, 0x80 | text.length, 0, 0, 0, 0]), Buffer.from(text)]);
}
