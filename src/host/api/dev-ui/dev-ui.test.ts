import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { createServer as createTcpServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createServer } from 'vite';
import type { ViteDevServer } from 'vite';
import WebSocket from 'ws';
import { refusedUpgrade } from '#test/host/refused-upgrade.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

// A real Vite with a page of two files, and a host in front of it; no cluster. The product's own UI that way: e2e/dev-ui.e2e.ts.

let root = '';
let vite: ViteDevServer;
let started: StartedHost;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'guildnet-dev-ui-'));
  await writeFile(
    join(root, 'index.html'),
    '<!doctype html><title>dev</title><script type="module" src="/main.js"></script>',
  );
  await writeFile(join(root, 'main.js'), "import { word } from './word.js';\ndocument.title = word;\n");
  await writeFile(join(root, 'word.js'), "export const word = 'first';\n");
  vite = await createServer({
    root,
    configFile: false,
    logLevel: 'silent',
    cacheDir: join(root, 'cache'),
    // Polled: the changes of a busy machine's other files must not exhaust its watches.
    server: { host: '127.0.0.1', port: 0, watch: { usePolling: true, interval: 100 } },
  });
  await vite.listen();
  started = await startHost({ env: { UI_DEV_ORIGIN: vite.resolvedUrls?.local[0] ?? '' } });
}, 120_000);

afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await vite.close();
  await rm(root, { recursive: true, force: true });
});

/** A WebSocket at the root of the host, as Vite's client opens it. */
async function openHotSocket(headers: Record<string, string> = {}): Promise<WebSocket> {
  const client = await started.ask('/@vite/client');
  const token = /const wsToken = "([^"]+)"/.exec(client.text)?.[1] ?? '';
  const path = `/?token=${encodeURIComponent(token)}`;
  return new WebSocket(`wss://127.0.0.1:${String(started.port)}${path}`, 'vite-hmr', {
    ca: started.ca,
    headers: { ...started.to(path).headers, ...headers },
  });
}

test("the development server's pages stand at the root of the host, in the host's rules", async () => {
  const page = await started.ask('/', { headers: { accept: 'text/html' } });
  expect(page.status).toBe(200);
  expect(page.text).toContain('/@vite/client');
  expect(page.headers['content-security-policy']).toMatch(/script-src 'self';.*style-src 'self' 'unsafe-inline'/);
  expect(page.headers['x-frame-options']).toBe('DENY');
  expect(page.headers).not.toHaveProperty('access-control-allow-origin');
  // A path of the UI's own.
  expect((await started.ask('/workspaces/a', { headers: { accept: 'text/html' } })).text).toBe(page.text);
  const module = await started.ask('/main.js?t=1');
  expect(module.headers['content-type']).toMatch(/javascript/);
  expect(module.text).toContain('/word.js');
});

test('paths of the host stay its own', async () => {
  expect((await started.ask('/healthz')).json()).toEqual({ status: 'ok' });
  expect((await started.ask('/api/ui-config')).json()).toMatchObject({ name: 'GuildNet' });
  expect((await started.ask('/api/nothing')).status).toBe(404);
});

test('a changed module is told through the host', { timeout: 120_000 }, async () => {
  const socket = await openHotSocket({ origin: started.url });
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  await once(socket, 'open');
  // What nobody has asked for is told to nobody.
  await started.ask('/main.js');
  await started.ask('/word.js');
  await expect.poll(() => heard.join(), { timeout: 30_000 }).toContain('"connected"');
  await writeFile(join(root, 'word.js'), "export const word = 'second';\n");
  await expect.poll(() => heard.join(), { timeout: 90_000 }).toMatch(/"(?:full-reload|update)"/);
  expect((await started.ask('/word.js')).text).toContain('second');
  socket.close();
  await once(socket, 'close');
});

test('so is it by HTTP/2, as browsers come', async () => {
  const authority = `127.0.0.1:${String(started.port)}`;
  const session = connectHttp2(`https://${authority}`, { ca: started.ca });
  try {
    await once(session, 'remoteSettings');
    const stream = session.request({
      ':method': 'CONNECT',
      ':protocol': 'websocket',
      ':scheme': 'https',
      ':path': '/',
      ':authority': authority,
      'proxy-authorization': started.to('/').headers['proxy-authorization'],
      'sec-websocket-version': '13',
      'sec-websocket-protocol': 'vite-hmr',
    });
    const [answer] = (await once(stream, 'response')) as [Record<string, unknown>];
    expect([answer[':status'], answer['sec-websocket-protocol']]).toEqual([200, 'vite-hmr']);
  } finally {
    session.destroy();
  }
});

test('it is for nobody else: other users, pages of other sites', async () => {
  expect((await started.ask('/main.js', { as: 'nobody' })).status).toBe(401);
  const elsewhere = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'cors' };
  expect((await started.ask('/main.js', { headers: elsewhere })).status).toBe(403);
  expect((await started.ask('/__open-in-editor?file=x', { headers: { 'sec-fetch-site': 'cross-site' } })).status).toBe(
    403,
  );
  expect(await refusedUpgrade(await openHotSocket({ origin: 'https://evil.example' }))).toBe(403);
  expect(await refusedUpgrade(await openHotSocket({ 'proxy-authorization': 'Bearer wrong' }))).toBe(401);
});

test('where nothing listens, it is said what to start', async () => {
  const free = createTcpServer().listen(0, '127.0.0.1');
  await once(free, 'listening');
  const { port } = free.address() as AddressInfo;
  free.close();
  await once(free, 'close');
  await using alone = await startHost({ env: { UI_DEV_ORIGIN: `http://127.0.0.1:${String(port)}` } });
  const answer = await alone.ask('/');
  expect(answer.status).toBe(502);
  expect(answer.json()).toMatchObject({
    code: 'upstream_failed',
    details: { remedy: expect.stringContaining('UI_DEV_ORIGIN') as string },
  });
});

test('without a development server there is no WebSocket at the root', async () => {
  await using plain = await startHost();
  const { headers } = plain.to('/');
  const socket = new WebSocket(`wss://127.0.0.1:${String(plain.port)}/`, { ca: plain.ca, headers });
  expect(await refusedUpgrade(socket)).toBe(404);
});
