import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { expect, test, vi } from 'vitest';
import { storageProbeTarget } from '#contract/storage-probe.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, StartedHost } from '#test/host/started-host.ts';

// Each starts a host: quick on a quiet machine, and never to be judged by time on a busy one.
vi.setConfig({ testTimeout: 60_000 });

const nobody = { as: 'nobody' } as const;

function cookieOf(answer: Answer): string {
  const [cookie = ''] = answer.headers['set-cookie'] ?? [];
  return cookie.split(';')[0] ?? '';
}

/** Follows an address as a browser that nobody has signed in does. */
function follow(started: StartedHost, url: string, headers: Record<string, string> = {}, method = 'GET') {
  const { hostname, pathname, search } = new URL(url);
  const target = hostname === 'localhost' ? `${pathname}${search}` : `https://${hostname}${pathname}${search}`;
  return started.ask(target, { ...nobody, method, headers });
}

const navigation = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'document', 'sec-fetch-site': 'none' };

test('without a token or session there is nothing but the probes', async () => {
  await using started = await startHost();
  for (const [path, method] of [
    ['/api/servers', 'GET'],
    ['/api/watch', 'GET'],
    ['/api/jobs', 'POST'],
    ['/api/servers/w', 'DELETE'],
    ['/api/links', 'POST'],
    ['/metrics', 'GET'],
    ['/', 'GET'],
    ['/proxy/server/w/', 'GET'],
    ['/enter?to=x', 'GET'],
    ['https://w.localhost/', 'GET'],
    ['https://w.localhost/', 'OPTIONS'],
    ['https://3000--w.localhost/', 'POST'],
  ] as const) {
    const answer = await started.ask(path, { ...nobody, method });
    expect([path, answer.status]).toEqual([path, 401]);
    expect(answer.json()).toMatchObject({ code: 'unauthorized', details: { reason: 'none' } });
    expect(answer.headers['www-authenticate']).toBe('Bearer realm="GuildNet"');
  }
  for (const path of ['/healthz', '/livez']) expect((await started.ask(path, nobody)).status).toBe(200);
  expect((await started.ask('/readyz', nobody)).status).toBe(503);
  const page = await started.ask('/', { ...nobody, headers: navigation });
  expect(page.status).toBe(401);
  expect(page.text).toContain('guildnet open');
});

test('a wrong token is refused, and an app keeps its own Authorization', async () => {
  await using started = await startHost();
  const wrong = { ...nobody, headers: { authorization: `Bearer ${'x'.repeat(43)}` } };
  expect((await started.ask('/api/cluster', wrong)).json()).toMatchObject({ details: { reason: 'wrong_token' } });
  const right = { ...nobody, headers: { authorization: `Bearer ${started.token}` } };
  expect((await started.ask('/api/cluster', right)).status).toBe(200);
  // There is no cluster here; that this is what is said means that access was granted.
  const forApp = { 'proxy-authorization': `Bearer ${started.token}`, authorization: 'Bearer of-the-app' };
  expect((await started.ask('https://w.localhost/', { ...nobody, headers: forApp })).status).toBe(503);
  expect((await started.ask('https://w.localhost/', right)).status).toBe(401);
});

test('a link signs one browser in: once, by a GET that somebody waits for, and it is in no log', async () => {
  await using started = await startHost();
  const link = started.host.signInLink();
  for (const [method, headers] of [
    ['HEAD', {}],
    ['OPTIONS', {}],
    ['GET', { 'sec-purpose': 'prefetch;prerender' }],
    ['GET', { purpose: 'prefetch' }],
  ] as const) {
    const looked = await follow(started, link, headers, method);
    expect([looked.status, looked.headers['set-cookie']]).toEqual([204, undefined]);
  }
  const signedIn = await follow(started, link, navigation);
  expect([signedIn.status, signedIn.headers.location]).toEqual([303, '/']);
  expect(signedIn.headers['set-cookie']?.[0]).toMatch(/^__Host-Http-guildnet-.*; Secure; HttpOnly; SameSite=Lax$/);
  const cookie = cookieOf(signedIn);
  expect((await started.ask('/api/cluster', { ...nobody, headers: { cookie } })).status).toBe(200);
  expect((await started.ask('/metrics', { ...nobody, headers: { cookie } })).status).toBe(200);
  // Again: refused, but not to whoever has signed in by it.
  expect((await follow(started, link, navigation)).status).toBe(401);
  expect((await follow(started, link, { ...navigation, cookie })).status).toBe(303);
  // A page that rides on the session is still another page.
  const foreign = { cookie, origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await started.ask('/api/jobs', { ...nobody, method: 'POST', headers: foreign })).status).toBe(403);
  const code = new URL(link).searchParams.get('code') ?? '';
  const log = started.lines.join('');
  expect(code).toHaveLength(43);
  for (const secret of [code, started.token, cookie.split('=')[1] ?? '']) expect(log).not.toContain(secret);
});

test('a workspace has a session of its own, which a ticket brings', async () => {
  await using started = await startHost();
  const signedIn = cookieOf(await follow(started, started.host.signInLink()));
  // Typed by a person: to the control origin, which knows them, and back with a ticket; every byte of the address is kept.
  const typed = 'https://w.localhost//a/../b%2f?x=1&&y';
  const away = await started.ask(typed, { ...nobody, headers: navigation });
  expect(away.status).toBe(303);
  const enter = away.headers.location ?? '';
  expect(enter.startsWith(`${started.url}/enter?to=`)).toBe(true);
  expect((await follow(started, enter, navigation)).status).toBe(401);
  const back = await follow(started, enter, { ...navigation, cookie: signedIn });
  expect(back.status).toBe(303);
  const ticket = back.headers.location ?? '';
  expect(new URL(ticket).hostname).toBe('w.localhost');
  // Not another workspace's, and not used up by what only looks.
  const elsewhere = ticket.replace('//w.', '//v.');
  expect((await follow(started, elsewhere, {})).status).toBe(401);
  expect((await follow(started, ticket, {}, 'HEAD')).status).toBe(204);
  const entered = await follow(started, ticket, { 'sec-fetch-dest': 'iframe', 'sec-fetch-mode': 'navigate' });
  expect(entered.status).toBe(303);
  expect(entered.headers['set-cookie']?.[0]).toMatch(/; HttpOnly; SameSite=None; Partitioned$/);
  const cookie = cookieOf(entered);
  for (const name of ['w', '3000--w'])
    expect((await started.ask(`https://${name}.localhost/`, { ...nobody, headers: { cookie } })).status).toBe(503);
  expect((await started.ask('https://v.localhost/', { ...nobody, headers: { cookie } })).status).toBe(401);
  expect((await started.ask('/api/cluster', { ...nobody, headers: { cookie } })).status).toBe(401);
  // A used ticket is no hindrance to who has a session, and worth nothing to others.
  expect((await follow(started, ticket, { cookie })).headers.location).toMatch(/^https:\/\/w\.localhost:\d+\//);
  expect((await follow(started, ticket, {})).status).toBe(401);
});

test('a download that a frame begins with a tab’s cookies comes back to the frame, byte for byte, and becomes a file', async () => {
  await using started = await startHost();
  const port = String(started.port);
  const begun = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'empty', 'sec-fetch-site': 'same-origin' };
  const referer = `https://w.localhost:${port}/`;
  const ask = (url: string, headers: Record<string, string>, method = 'GET') =>
    follow(started, url, { referer, ...headers }, method);
  const away = await started.ask('https://w.localhost//a/../b%2f?x=1&&y', {
    ...nobody,
    headers: { ...begun, referer },
  });
  expect([away.status, away.headers['referrer-policy']]).toEqual([303, 'origin']);
  expect(away.headers.location).toBe(`https://1--w.localhost:${port}//a/../b%2f?x=1&&y&guildnet-download=main`);
  // The other origin says the way back, and says it to everybody.
  const framed = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' };
  const elsewhere = '/a?guildnet-download=main';
  const back = await started.ask(`https://1--w.localhost${elsewhere}`, { ...nobody, headers: framed });
  expect([back.status, back.headers.location]).toEqual([303, `https://w.localhost:${port}/a?guildnet-download=file`]);
  expect(back.headers['set-cookie']).toBeUndefined();
  const home = await started.ask(`https://w.localhost/a?guildnet-download=3000s`, { ...nobody, headers: framed });
  expect(home.headers.location).toBe(`https://3000s--w.localhost:${port}/a?guildnet-download=file`);
  // There it is asked who it is. Whatever is answered is no page for the frame.
  const file = `https://w.localhost:${port}/a?guildnet-download=file`;
  const none = await ask(file, framed);
  expect([none.status, none.headers['content-disposition']]).toEqual([401, 'attachment']);
  const pass = { 'guildnet-session': started.host.passTo('w') };
  const got = await ask(file, { ...framed, ...pass });
  expect([got.status, got.headers['content-disposition']]).toEqual([503, 'attachment']);
  const foreign = await ask(file, { ...framed, ...pass, referer: 'https://evil.example/' });
  expect(foreign.status).toBe(403);
  // In a tab whose session has ended it is a person's navigation, which signs in and keeps the mark.
  const tab = await ask(file, { ...framed, 'sec-fetch-dest': 'document' });
  expect(tab.headers.location).toBe(`${started.url}/enter?to=${encodeURIComponent(file)}`);
  // Nothing else is led anywhere: of another site, of a frame, without the page it comes from, or to be written.
  for (const [headers, method] of [
    [{ ...begun, 'sec-fetch-site': 'cross-site' }, 'GET'],
    [{ ...begun, 'sec-fetch-dest': 'iframe' }, 'GET'],
    [{ ...begun, 'sec-fetch-mode': 'cors' }, 'GET'],
    [begun, 'POST'],
  ] as const)
    expect((await ask(referer, headers, method)).headers.location).toBeUndefined();
  expect((await follow(started, referer, begun)).status).toBe(401);
});

test('the page that looks for storage is the control page’s to frame, and says nothing of anybody', async () => {
  await using started = await startHost();
  const ask = (headers: Record<string, string>) =>
    started.ask(`https://w.localhost${storageProbeTarget}`, { ...nobody, headers });
  const framed = { 'sec-fetch-mode': 'navigate', 'sec-fetch-dest': 'iframe', 'sec-fetch-site': 'cross-site' };
  const page = await ask({ ...framed, referer: `https://localhost:${String(started.port)}/` });
  expect([page.status, page.headers['set-cookie'], page.headers['cache-control']]).toEqual([
    200,
    undefined,
    'no-store',
  ]);
  const policy = String(page.headers['content-security-policy']);
  expect(policy).toMatch(/^default-src 'none'; script-src 'nonce-[\w+/=]+'; /);
  expect(policy).toContain(`frame-ancestors https://localhost:${String(started.port)}`);
  expect(policy).not.toMatch(/\*|unsafe/);
  for (const referer of ['https://evil.example/', `https://v.localhost:${String(started.port)}/`])
    expect((await ask({ ...framed, referer })).status).toBe(403);
});

test.each(['https://evil.example/', 'https://localhost/', 'http://w.localhost/', '/', ''])(
  'nobody is sent on to %s with a ticket',
  async (to) => {
    await using started = await startHost();
    const cookie = cookieOf(await follow(started, started.host.signInLink()));
    const answer = await started.ask(`/enter?to=${encodeURIComponent(to)}`, { ...nobody, headers: { cookie } });
    expect([answer.status, answer.headers.location]).toEqual([400, undefined]);
  },
);

test('a used ticket leads to no other host, however the path begins', async () => {
  await using started = await startHost();
  const to = encodeURIComponent(`https://w.localhost:${String(started.port)}/`);
  const ticket = new URL((await started.ask(`/enter?to=${to}`)).headers.location ?? '').search;
  const answer = await started.ask(`https://w.localhost//evil.example/${ticket}`, nobody);
  expect(answer.headers.location).toBe(`https://w.localhost:${String(started.port)}//evil.example/`);
});

test("the window's pass opens every origin of one workspace, and nothing else", async () => {
  await using started = await startHost();
  const pass = { ...nobody, headers: { 'guildnet-session': started.host.passTo('w') } };
  for (const name of ['w', '3000--w']) expect((await started.ask(`https://${name}.localhost/`, pass)).status).toBe(503);
  expect((await started.ask('/proxy/server/w/', pass)).status).toBe(503);
  for (const path of ['https://v.localhost/', '/proxy/server/v/', '/api/cluster'])
    expect((await started.ask(path, pass)).status).toBe(401);
});

test('signing out ends the session, what came of it, and nothing else', async () => {
  await using started = await startHost();
  const one = cookieOf(await follow(started, started.host.signInLink()));
  const other = cookieOf(await follow(started, started.host.signInLink()));
  const to = encodeURIComponent(`https://w.localhost:${String(started.port)}/`);
  const ticket = async () =>
    (await started.ask(`/enter?to=${to}`, { ...nobody, headers: { cookie: one } })).headers.location ?? '';
  const workspace = cookieOf(await follow(started, await ticket()));
  const unused = await ticket();
  const where = started.to('/api/watch');
  const watching = httpsRequest({ ...where, headers: { host: where.headers['host'], cookie: one } });
  watching.end();
  const [stream] = (await once(watching, 'response')) as [IncomingMessage];
  // Once with an error: that is what a stream that is cut off ends with.
  const cut = once(stream.resume(), 'end').catch((error: unknown) => error);
  const ended = await started.ask('/api/session', { ...nobody, method: 'DELETE', headers: { cookie: one } });
  expect(await cut).toMatchObject({ code: 'ECONNRESET' });
  expect([ended.status, ended.json()]).toEqual([200, { ended: true }]);
  const again = await started.ask('/api/cluster', { ...nobody, headers: { cookie: one } });
  expect(again.json()).toMatchObject({ code: 'unauthorized', details: { reason: 'ended' } });
  expect((await started.ask('https://w.localhost/', { ...nobody, headers: { cookie: workspace } })).status).toBe(401);
  expect((await follow(started, unused)).status).toBe(401);
  expect((await started.ask('/api/cluster', { ...nobody, headers: { cookie: other } })).status).toBe(200);
  expect((await started.ask('/api/session', { method: 'DELETE' })).json()).toEqual({ ended: false });
});

test('LOCAL_AUTH=off lets everyone on this computer in, and is loud', async () => {
  await using started = await startHost({ env: { LOCAL_AUTH: 'off' } });
  expect((await started.ask('/api/ui-config', nobody)).json()).toMatchObject({ local_auth: 'off' });
  expect((await started.ask('https://w.localhost/', nobody)).status).toBe(503);
  expect(started.lines.join('')).toContain('LOCAL_AUTH is off');
  // What pages of other sites may not do has nothing to do with it.
  const foreign = { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };
  expect((await started.ask('/api/cluster', { ...nobody, headers: foreign })).status).toBe(403);
});

test('an outer origin is used in links, redirects and checks, workspaces included', async () => {
  await using started = await startHost({ env: { GUILDNET_PUBLIC_URL: 'https://dev.example' } });
  expect(started.host.signInLink()).toMatch(/^https:\/\/dev\.example\/sign-in\?code=/);
  expect(started.host.workspaceUrl('w', 3000)).toBe('https://3000--w.dev.example/');
  // Programs on this machine go on using its own name.
  expect(started.url).toBe(`https://localhost:${String(started.port)}`);
  const asked = async (host: string, path = '/', headers: Record<string, string> = {}) => {
    const { status, headers: answered } = await started.ask(path, { ...nobody, headers: { host, ...headers } });
    return [status, answered.location];
  };
  expect(await asked('dev.example', '/api/cluster', { origin: 'https://dev.example' })).toEqual([401, undefined]);
  expect(await asked('other.example', '/api/cluster')).toEqual([403, undefined]);
  expect(await asked('w.dev.example', '/a', navigation)).toEqual([
    303,
    `https://dev.example/enter?to=${encodeURIComponent('https://w.dev.example/a')}`,
  ]);
  const code = new URL(started.host.signInLink()).searchParams.get('code') ?? '';
  expect(await asked('dev.example', `/sign-in?code=${code}`)).toEqual([303, '/']);
});
