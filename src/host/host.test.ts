import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { errorBodySchema, GuildNetError } from '#contract/errors.ts';
import { readConfig } from './config/config.ts';
import { findRunningHost } from './host-file.ts';
import { createHost } from './host.ts';
import { createLog } from './observability/log.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer } from '#test/host/started-host.ts';

/** Answers the specification's error body, having checked its form and its request id. */
function errorIn(answer: Answer) {
  const body = errorBodySchema.parse(answer.json());
  expect(body.request_id).toMatch(/^[0-9a-f]{32}$/);
  expect(answer.headers['x-request-id']).toBe(body.request_id);
  return body;
}

test('the host serves, without any cluster, over HTTPS that its own CA vouches for', async () => {
  await using started = await startHost();
  const health = await started.ask('/healthz');
  expect([health.status, health.json()]).toEqual([200, { status: 'ok' }]);
  expect(health.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  expect((await started.ask('/api/ui-config')).json()).toEqual({
    name: 'GuildNet',
    version: '0.0.0-test',
    local_auth: 'token',
  });
  expect((await started.ask('/livez')).status).toBe(200);
  expect((await started.ask('/api/images')).json()).toMatchObject([{ label: 'code-server' }, {}]);
});

test('host.json says where the host is while it runs', async () => {
  const started = await startHost();
  const path = join(started.home, 'state', 'host.json');
  expect(JSON.parse(await readFile(path, 'utf8'))).toMatchObject({ url: started.url, pid: process.pid });
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(await findRunningHost(started.home)).toMatchObject({ url: started.url });
  // The next program with that number is not taken for it.
  await writeFile(path, JSON.stringify({ ...(await findRunningHost(started.home)), mark: 'another-boot:1' }));
  expect(await findRunningHost(started.home)).toBeUndefined();
  await started.host.stop();
  await expect(stat(path)).rejects.toThrow('ENOENT');
  await started[Symbol.asyncDispose]();
});

test('without a cluster, calls that need one are answered 503 with what to do', async () => {
  await using started = await startHost();
  await started.reached('none');
  expect(errorIn(await started.ask('/readyz'))).toMatchObject({ code: 'not_ready' });
  for (const [path, method] of [
    ['/api/servers', 'GET'],
    ['/api/servers/x', 'GET'],
    ['/api/servers/x', 'DELETE'],
    ['/api/jobs', 'POST'],
  ] as const) {
    const answer = await started.ask(path, { method, body: method === 'POST' ? { image: 'a' } : '' });
    expect(answer.status).toBe(503);
    expect(errorIn(answer)).toMatchObject({
      code: 'no_cluster',
      message: 'No cluster is configured.',
      details: { remedy: expect.stringContaining('KUBECONFIG') as string },
    });
  }
});

test('a body that is no JSON, has wrong fields or is too large is a bad_body', async () => {
  await using started = await startHost();
  const send = async (body: string) =>
    started.ask('/api/jobs', { method: 'POST', body, headers: { 'content-type': 'application/json' } });
  const malformed = await send('{"image": ');
  expect(malformed.status).toBe(400);
  expect(errorIn(malformed)).toMatchObject({ code: 'bad_body', message: 'The request body could not be parsed.' });
  const wrong = await send('{"image": 5, "expose": [{"port": 0}]}');
  expect(wrong.status).toBe(400);
  const body = errorIn(wrong);
  expect(body).toMatchObject({ code: 'bad_body', details: { issues: [{ path: 'image' }, { path: 'expose.0.port' }] } });
  expect(body.message).toContain('image: ');
  expect(errorIn(await send(''))).toMatchObject({ code: 'bad_body' });
  const large = await send(JSON.stringify({ image: 'a'.repeat(2 * 1024 * 1024) }));
  expect(large.status).toBe(400);
  expect(errorIn(large)).toMatchObject({ code: 'bad_body', message: 'The request body is too large.' });
});

test.each([
  ['[null,null]', 'application/json', 'a list'],
  ['3', 'application/json', 'a number'],
  ['stop', 'text/plain', 'a text'],
  ['home=purge', 'application/x-www-form-urlencoded', 'a form'],
])('a body that is no object is refused, also where the path says everything: %s (%s)', async (body, type, kind) => {
  await using started = await startHost();
  for (const [method, path] of [
    ['POST', '/api/workspaces/a/stop'],
    ['POST', '/api/servers/a/purge'],
    ['DELETE', '/api/workspaces/a'],
  ] as const) {
    const headers = { 'content-type': type, 'content-length': String(body.length) };
    const answer = await started.ask(path, { method, body, headers });
    expect(answer.status).toBe(400);
    expect(errorIn(answer)).toMatchObject({
      code: 'bad_body',
      message: `The request body is ${kind}, and not a JSON object.`,
    });
  }
});

test('unknown paths of the API are not_found, never the UI', async () => {
  await using started = await startHost();
  for (const [path, method] of [
    ['/api/nothing', 'GET'],
    ['/api', 'GET'],
    ['/sse/nothing', 'GET'],
    ['/api/workspaces/a/b/c', 'PATCH'],
  ] as const) {
    const answer = await started.ask(path, { method });
    expect([path, answer.status, errorIn(answer).code]).toEqual([path, 404, 'not_found']);
  }
});

test('a method that a path does not have is told those that it has', async () => {
  await using started = await startHost();
  for (const [path, method, allow] of [
    ['/api/servers', 'PUT', 'GET, HEAD'],
    ['/api/workspaces', 'DELETE', 'GET, HEAD, POST'],
    ['/api/workspaces/a', 'PUT', 'DELETE, GET, HEAD, PATCH'],
    ['/api/stop-all', 'GET', 'POST'],
    ['/healthz', 'POST', 'GET, HEAD'],
    ['/metrics', 'POST', 'GET, HEAD'],
    ['/', 'POST', 'GET, HEAD'],
  ] as const) {
    const answer = await started.ask(path, { method });
    expect([path, answer.status, answer.headers.allow, errorIn(answer).code]).toEqual([
      path,
      405,
      allow,
      'method_not_allowed',
    ]);
  }
});

test('HEAD is answered as GET is, without the body', async () => {
  await using started = await startHost();
  for (const path of ['/healthz', '/api/ui-config', '/api/images', '/api/openapi.json', '/api/none', '/']) {
    const [head, get] = [await started.ask(path, { method: 'HEAD' }), await started.ask(path)];
    const said = ({ status, headers }: typeof head): unknown[] => [path, status, headers['content-type']];
    expect([...said(head), head.text]).toEqual([...said(get), '']);
  }
  for (const [path, allow] of [
    ['/api/stop-all', 'POST'],
    ['/sse/logs', 'GET'],
  ] as const) {
    const { status, headers } = await started.ask(path, { method: 'HEAD' });
    expect([path, status, headers.allow]).toEqual([path, 405, allow]);
  }
});

test('what is no patch of a workspace is refused, and each field named', async () => {
  await using started = await startHost();
  await started.reached('none');
  const patch = (body: object, query = '') =>
    started.ask(`/api/workspaces/a${query}`, {
      method: 'PATCH',
      headers: { 'content-type': 'application/merge-patch+json' },
      body: JSON.stringify(body),
    });
  for (const [body, named] of [
    [{ spec: { imag: 'x' } }, /spec: .*"imag"/],
    [{ metadata: {} }, /"metadata"/],
    [{ spec: { image: 7 } }, /spec\.image/],
    [{ spec: { env: [] } }, /spec\.env/],
  ] as const) {
    const answer = await patch(body);
    expect([answer.status, errorIn(answer).code]).toEqual([400, 'bad_body']);
    expect(errorIn(answer).message).toMatch(named);
  }
  expect((await patch({}, '?restart=later')).status).toBe(400);
  expect((await patch({}, '?restrat=now')).status).toBe(400);
  // As one of the merge patch's own media type, it was read.
  expect((await patch({ spec: { ttl: '1h' } }, '?restart=now')).status).toBe(503);
  const many = await patch(Object.fromEntries(Array.from({ length: 40_000 }, (_, at) => [`field${String(at)}`, 1])));
  expect([many.status, many.text.length < 4_096]).toEqual([400, true]);
});

test('the same error crosses the in-process face', async () => {
  await using started = await startHost();
  await started.reached('none');
  await expect(started.host.client.workspaces.list()).rejects.toMatchObject({
    code: 'no_cluster',
    status: 503,
    data: { code: 'no_cluster', request_id: expect.stringMatching(/^[0-9a-f]{32}$/) as string },
  });
});

test('pages of strangers, DNS rebinding and workspace pages do not reach the API', async () => {
  await using started = await startHost();
  const host = (name: string) => ({ host: `${name}:${String(started.port)}` });
  const rows: [string, Record<string, string>][] = [
    ['rebinding', host('evil.example')],
    ['cross-site', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' }],
    ['workspace page', { origin: `https://a.localhost:${String(started.port)}`, 'sec-fetch-site': 'cross-site' }],
    ['sandbox', { origin: 'null' }],
  ];
  for (const [what, headers] of rows) {
    const answer = await started.ask('/api/cluster', { headers });
    expect([what, answer.status, errorIn(answer).code]).toEqual([what, 403, 'forbidden']);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
  }
  // On a workspace's origin the API does not exist: the path is the workspace's.
  const own = await started.ask('https://a.localhost/healthz');
  expect(errorIn(own).code).not.toBe('forbidden');
  expect(own.status).toBe(503);
});

test('CORS is for FRONTEND_ORIGIN alone', async () => {
  const origin = 'https://front.example:5173';
  await using started = await startHost({ env: { FRONTEND_ORIGIN: origin } });
  const preflight = await started.ask('/api/jobs', {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'POST', 'access-control-request-headers': 'content-type' },
  });
  expect(preflight.status).toBe(204);
  expect(preflight.headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': expect.stringContaining('DELETE') as string,
    'access-control-allow-headers': expect.stringContaining('content-type') as string,
    vary: 'origin',
  });
  const read = await started.ask('/healthz', { headers: { origin } });
  expect(read.headers['access-control-allow-origin']).toBe(origin);
  expect(
    (await started.ask('/api/jobs', { method: 'OPTIONS', headers: { origin: 'https://other.example' } })).status,
  ).toBe(403);
});

test('the UI is served with a strict policy, its hashed files for ever', async () => {
  const { home: folder, ...other } = await startHost();
  await other.host.stop();
  await mkdir(join(folder, 'ui', 'assets'), { recursive: true });
  await writeFile(join(folder, 'ui', 'index.html'), '<!doctype html>the app');
  await writeFile(join(folder, 'ui', 'assets', 'index-a1B2c3D4.js'), 'export {}');
  await using started = await startHost({ uiDir: join(folder, 'ui') });
  for (const path of ['/', '/index.html', '/workspaces/some-id', '/?x=1']) {
    const page = await started.ask(path);
    expect([path, page.status, page.text]).toEqual([path, 200, '<!doctype html>the app']);
    expect(page.headers).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      'x-content-type-options': 'nosniff',
      'x-frame-options': 'DENY',
    });
    const policy = page.headers['content-security-policy'] as string;
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain(`frame-src https://*.localhost:${String(started.port)}`);
    expect(policy).not.toContain('unsafe');
  }
  const script = await started.ask('/assets/index-a1B2c3D4.js');
  expect(script.headers).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'cache-control': expect.stringContaining('immutable') as string,
  });
  const etag = script.headers.etag ?? '';
  expect((await started.ask('/assets/index-a1B2c3D4.js', { headers: { 'if-none-match': etag } })).status).toBe(304);
  for (const path of ['/assets/gone.js', '/../../etc/passwd.txt', '/%2e%2e/x.txt'])
    expect((await started.ask(path)).status).toBe(404);
  await other[Symbol.asyncDispose]();
});

test('without a built UI a page says so', async () => {
  await using started = await startHost();
  expect((await started.ask('/')).text).toContain('GuildNet is running');
});

test('a workspace that cannot be reached gets a page in a browser and JSON in a program', async () => {
  await using started = await startHost();
  await started.reached('none');
  const page = await started.ask('https://a.localhost/', {
    headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none' },
  });
  expect(page.status).toBe(503);
  expect(page.headers['content-type']).toBe('text/html; charset=utf-8');
  expect(page.text).toContain('No cluster is connected');
  expect(errorIn(await started.ask('/proxy/server/a/')).code).toBe('no_cluster');
});

test('a navigation to the path form goes to the workspace’s own origin', async () => {
  await using started = await startHost();
  const answer = await started.ask('/proxy/server/cs-12345/a//b%2F?x=%20', {
    headers: { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'cross-site' },
  });
  expect(answer.status).toBe(307);
  expect(answer.headers.location).toBe(`https://cs-12345.localhost:${String(started.port)}/a//b%2F?x=%20`);
});

test('a port that is taken is named, and nothing is left running', async () => {
  const holder = createServer();
  await new Promise<void>((resolve) => holder.listen(0, '127.0.0.1', resolve));
  const { port } = holder.address() as AddressInfo;
  const error: unknown = await startHost({ env: { LISTEN_LOCAL: `127.0.0.1:${String(port)}` } }).catch(
    (reason: unknown) => reason,
  );
  await new Promise((resolve) => holder.close(resolve));
  expect(error).toBeInstanceOf(GuildNetError);
  expect(error).toMatchObject({
    code: 'address_in_use',
    message: expect.stringContaining(String(port)) as string,
    remedy: expect.stringContaining('LISTEN_LOCAL') as string,
  });
});

test('a port that another GuildNet holds is named with its process', async () => {
  await using first = await startHost();
  const env = { LISTEN_LOCAL: `127.0.0.1:${String(first.port)}` };
  const second = createHost({
    config: await readConfig(env, first.home),
    log: createLog({ level: 'silent' }),
    version: '0',
    env: { HOME: first.home },
  });
  await expect(second.start()).rejects.toMatchObject({
    code: 'address_in_use',
    message: `GuildNet is already running at ${first.url} (process ${String(process.pid)}).`,
  });
  await second.stop();
});

test('an address that is not this machine’s is a bad_config', async () => {
  await expect(startHost({ env: { LISTEN_LOCAL: '192.0.2.1:8080' } })).rejects.toMatchObject({ code: 'bad_config' });
});

test('stopping ends a watcher and frees the port', async () => {
  const started = await startHost();
  const watch = await started.host.client.host.watch();
  expect((await watch.next()).value).toMatchObject({ type: 'snapshot', servers: [] });
  const overHttp = started.ask('/api/watch').catch((error: unknown) => error);
  await started.host.stop();
  await overHttp;
  const rest: unknown[] = [];
  for await (const event of watch) rest.push(event);
  expect(rest.every((event) => (event as { type: string }).type !== 'snapshot')).toBe(true);
  await using again = await startHost({ env: { LISTEN_LOCAL: `127.0.0.1:${String(started.port)}` } });
  expect(again.port).toBe(started.port);
  await started[Symbol.asyncDispose]();
});
