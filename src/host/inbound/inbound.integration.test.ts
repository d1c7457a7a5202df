import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, onTestFinished, vi } from 'vitest';
import { errorBodySchema } from '#contract/errors.ts';
import { serverSchema } from '#contract/server.ts';
import { buildTimeoutMs, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { clientEnv, startHeadscale } from '#test/tailnet/headscale.ts';
import type { Headscale } from '#test/tailnet/headscale.ts';
import { startHostOnTailnet } from '#test/tailnet/host-on-tailnet.ts';
import { joinAsPeer } from '#test/tailnet/peer.ts';
import type { TailnetPeer } from '#test/tailnet/peer.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { namespaceTest } from '#test/namespace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, StartedHost } from '#test/host/started-host.ts';

/* A real Headscale, the node that ships, a host behind it and another node, whose programs ask. No pod runs here. */

const patience = { timeout: 120_000, interval: 100 };
let headscale: Headscale;
let program: string;
let bob: TailnetPeer;

beforeAll(async () => {
  program = await tailnetNodeProgram();
  headscale = await startHeadscale();
  bob = await joinAsPeer(headscale, 'bob', program, 'bobs-phone');
}, buildTimeoutMs);
afterAll(async () => {
  await bob?.[Symbol.asyncDispose]();
  await headscale?.[Symbol.asyncDispose]();
});

/** Everybody reaches everybody; bob may do this. */
async function grantBob(...values: object[]): Promise<void> {
  const reach = { src: ['*'], dst: ['*'], ip: ['*'] };
  const given = values.length === 0 ? [] : [{ src: ['bob@'], dst: ['*'], app: { 'guildnet.io/cap': values } }];
  await headscale.setPolicy({ grants: [reach, ...given] });
}

interface Visited {
  started: StartedHost;
  url: string;
  ca: string;
  host: string;
}

/** A host that bob can reach, with the workspaces `one` and `two`. */
async function visited(namespace: TestNamespace, hostname: string, env: NodeJS.ProcessEnv = {}): Promise<Visited> {
  const { started, state } = await startHostOnTailnet(headscale, program, {
    hostname,
    kubeconfigPath: namespace.kubeconfigPath,
    namespace: namespace.name,
    env,
  });
  onTestFinished(() => started[Symbol.asyncDispose]());
  await started.reached('online');
  await Promise.all(['one', 'two'].map((id) => createWorkspace(namespace, id, { image: 'alpine' })));
  await vi.waitFor(async () => {
    const ids = (await started.host.client.workspaces.list(undefined)).map(({ id }) => id);
    expect(ids.toSorted()).toEqual(['one', 'two']);
  }, patience);
  const host = state.name ?? '';
  return { started, url: state.url, ca: await bob.authorityOf(host), host };
}

/** The status and, of a refusal, the rule or the code. */
function verdict(answer: Answer): [number, unknown] {
  if (answer.status < 400) return [answer.status, undefined];
  const { code, details } = errorBodySchema.parse(answer.json());
  return [answer.status, details?.['rule'] ?? code];
}

/** What bob may, once the host knows it. */
async function bobMay({ url, ca }: Visited, action: string, allowed: boolean): Promise<void> {
  await vi.waitFor(async () => {
    const answer = await bob.ask(`${url}/api/can-i?action=${action}`, ca);
    expect(answer.json()).toMatchObject({ allowed });
  }, patience);
}

namespaceTest(
  'a peer is who the tailnet says, whatever they show, and finds what they may see',
  async ({ namespace }) => {
    await grantBob({ actions: ['view', 'open'] });
    // Off for this computer; for peers there is no such thing.
    const there = await visited(namespace, 'seen', { LOCAL_AUTH: 'off' });
    const { started, url, ca, host } = there;
    expect(url).toBe('https://seen.tail.test');
    await bobMay(there, 'open', true);

    const servers = serverSchema.array().parse((await bob.ask(`${url}/api/servers`, ca)).json());
    const one = servers.find(({ id }) => id === 'one');
    expect(one?.ide_url).toMatch(/^https:\/\/seen\.tail\.test:2\d{4}\/$/);
    expect(JSON.stringify(servers)).not.toContain('localhost');
    const opened = await bob.ask(`${url}/api/servers/one/open`, ca, { method: 'POST', body: {} });
    expect(opened.json()).toEqual({ url: one?.ide_url });

    expect((await bob.ask(`${url}/api/ui-config`, ca)).json()).toMatchObject({ local_auth: 'tailnet' });
    const status = (await bob.ask(`${url}/api/status`, ca)).text;
    expect(status).not.toMatch(/login_url|kubeconfig|127\.0\.0\.1|degraded":\[\{/);
    expect(Object.keys((await bob.ask(`${url}/api/tailnet`, ca)).json() as object).toSorted()).toEqual([
      'addresses',
      'mode',
      'name',
      'phase',
      'url',
    ]);

    const forged = {
      authorization: `Bearer ${started.token}`,
      'proxy-authorization': `Bearer ${started.token}`,
      'guildnet-session': started.host.passTo('one'),
      'tailscale-user-login': 'alice',
      'tailscale-app-capabilities': '{"guildnet.io/cap":[{"actions":["admin"]}]}',
      'x-forwarded-for': '127.0.0.1',
      'x-forwarded-host': 'localhost',
      'x-real-ip': '127.0.0.1',
      forwarded: 'for=127.0.0.1;host=localhost',
    };
    for (const headers of [{}, forged]) {
      const post = { method: 'POST', headers } as const;
      expect(verdict(await bob.ask(`${url}/api/servers/one/stop`, ca, post))).toEqual([403, 'no-grant']);
      expect(verdict(await bob.ask(`${url}/api/stop-all`, ca, post))).toEqual([403, 'no-grant']);
      expect(verdict(await bob.ask(`${url}/api/links`, ca, post))).toEqual([403, 'local-user']);
      expect(verdict(await bob.ask(`${url}/api/tailnet/logout`, ca, post))).toEqual([403, 'local-user']);
      expect(verdict(await bob.ask(`${url}/metrics`, ca, { headers }))).toEqual([403, 'no-grant']);
    }
    // A link of the owner's opens nothing here, and is as good as before where it belongs.
    const link = new URL(started.host.signInLink());
    expect(verdict(await bob.ask(`${url}${link.pathname}${link.search}`, ca))).toEqual([403, 'local-user']);
    for (const name of [
      'localhost',
      `localhost:${String(started.port)}`,
      `one.localhost:${String(started.port)}`,
      'x.test',
    ])
      expect((await bob.ask(`${url}/api/servers`, ca, { headers: { host: name } })).status).toBe(403);
    expect(
      (await bob.ask(`https://${host}:${new URL(one?.ide_url ?? '').port}/`, ca, { headers: { host } })).status,
    ).toBe(403);

    const audit = (await started.ask('/api/audit')).text;
    expect(audit).toContain('user:bob');
    expect(audit).toContain('bobs-phone');
  },
);

namespaceTest('a host that is on no tailnet is brought onto one, and off it, while it runs', async ({ namespace }) => {
  await grantBob({ actions: ['view'] });
  const config = {
    mode: 'off',
    loginServer: headscale.url,
    hostname: 'joins',
    authKey: undefined,
    socket: '',
  } as const;
  const options = {
    kubeconfigPath: namespace.kubeconfigPath,
    namespace: namespace.name,
    env: clientEnv,
    tailnet: { config, program: () => Promise.resolve(program) },
  };
  await using started = await startHost(options);
  const { tailnet } = started.host.client;
  expect(await tailnet.get(undefined)).toMatchObject({ mode: 'off', phase: 'off' });
  await expect(tailnet.netcheck(undefined)).rejects.toMatchObject({ data: { code: 'conflict' } });
  await tailnet.login({ auth_key: headscale.keys.alice });
  const url = await vi.waitFor(async () => {
    const state = await tailnet.get(undefined);
    expect(state).toMatchObject({ mode: 'embedded', url: 'https://joins.tail.test' });
    return state.url ?? '';
  }, patience);
  const ca = await bob.authorityOf('joins.tail.test');
  expect((await bob.ask(`${url}/api/servers`, ca)).status).toBe(200);
  expect(JSON.parse(await readFile(join(started.home, 'state', 'tailnet', 'mode.json'), 'utf8'))).toEqual({
    mode: 'embedded',
  });

  const stream = await bob.open(`${url}/api/watch`, ca);
  const [response] = (await once(stream, 'response')) as [IncomingMessage];
  const over = text(response).catch(() => 'broken off');
  expect(await tailnet.use({ mode: 'off' })).toEqual({ mode: 'off', phase: 'off' });
  await over;
  expect((await started.ask('/api/servers')).status).toBe(200);
  // It is the same device as before, not another.
  await tailnet.use({ mode: 'embedded' });
  await vi.waitFor(async () => expect((await bob.ask(`${url}/api/servers`, ca)).status).toBe(200), patience);
});

namespaceTest('a scan finds what was opened, and nothing else of this computer', async ({ namespace }) => {
  await grantBob({ actions: ['view'] });
  const { started, ca, url, host } = await visited(namespace, 'scanned');
  const servers = serverSchema.array().parse((await bob.ask(`${url}/api/servers`, ca)).json());
  const own = servers.flatMap(({ ide_url: at = '', ports = [] }) => [
    at,
    ...ports.flatMap(({ url: each = '' }) => each),
  ]);
  const granted = new Set(own.filter((each) => each !== '').map((each) => Number(new URL(each).port)));
  // The list is told at once; the node is told to open what is new in it at the same time.
  for (const port of granted) await vi.waitFor(async () => (await bob.dial(host, port)).destroy(), patience);
  const near = [...granted].flatMap((port) => [port - 1, port, port + 1]);
  const customary = [22, 53, 80, 111, 443, 631, 2379, 3000, 5432, 6443, 8000, 8080, 8443, 9090, 10_250, 41_641];
  const low = Array.from({ length: 512 }, (_, port) => port + 1);
  const all = [...new Set([...low, ...customary, ...near, started.port])];
  const found: number[] = [];
  const scan = async (): Promise<void> => {
    for (let port = all.pop(); port !== undefined; port = all.pop()) {
      try {
        (await bob.dial(host, port)).destroy();
        found.push(port);
      } catch {
        // Nobody is there: that is what is looked for.
      }
    }
  };
  await Promise.all(Array.from({ length: 16 }, scan));
  expect(found.toSorted((one, other) => one - other)).toEqual(
    [80, 443, ...granted].toSorted((one, other) => one - other),
  );

  const socket = await bob.dial(host, 80);
  const page = httpRequest({ createConnection: () => socket, path: '/api/servers', headers: { host } });
  page.end();
  const [explained] = (await once(page, 'response')) as [IncomingMessage];
  const words = await text(explained);
  expect(words).toContain(url);
  expect(words).not.toContain('"id"');
});

namespaceTest('connections that a peer leaves waiting hold up nobody else, and end', async ({ namespace }) => {
  await headscale.setPolicy({ grants: [{ src: ['*'], dst: ['*'], ip: ['*'] }] });
  const { started, host, url, ca } = await visited(namespace, 'held');
  await using other = await joinAsPeer(headscale, 'alice', program, 'alices-laptop');
  await other.authorityOf(host);
  const open = new Set<Duplex>();
  // More than one peer may have (`perDevice`); what is too much is not taken, or ends at once.
  let left = 600;
  const wait = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      const socket = await bob.dial(host, 443).catch(() => undefined);
      if (socket === undefined) continue;
      open.add(socket);
      socket
        .resume()
        .on('error', () => undefined)
        .once('close', () => open.delete(socket));
    }
  };
  await Promise.all(Array.from({ length: 16 }, wait));
  try {
    expect((await other.ask(`${url}/api/servers`, ca)).status).toBe(200);
    expect((await started.ask('/api/servers')).status).toBe(200);
    await vi.waitFor(() => expect(open.size).toBe(0), patience);
    expect((await bob.ask(`${url}/api/servers`, ca)).status).toBe(200);
  } finally {
    for (const socket of open) socket.destroy();
  }
});

namespaceTest(
  'what is taken from a peer ends what they have open, and they see less at once',
  async ({ namespace }) => {
    await grantBob({ actions: ['view', 'open'] });
    const there = await visited(namespace, 'revoked');
    const { url, ca } = there;
    await bobMay(there, 'open', true);
    const streams = await Promise.all(
      ['/api/watch', '/sse/workspaces'].map(async (path) => {
        const request = await bob.open(`${url}${path}`, ca);
        const [response] = (await once(request, 'response')) as [IncomingMessage];
        const heard = { text: '', status: response.statusCode };
        response.setEncoding('utf8').on('data', (more: string) => (heard.text += more));
        // Broken off in the middle is how it ends.
        response.on('error', () => undefined);
        const over = new Promise<void>((resolve) => response.once('close', () => resolve()));
        await vi.waitFor(() => expect(heard.text).toContain('"one"'), patience);
        return { heard, over };
      }),
    );
    for (const { heard } of streams) {
      expect(heard.status).toBe(200);
      expect(heard.text).toContain('revoked.tail.test:2');
      expect(heard.text).not.toMatch(/localhost|login_url/);
    }
    // To a peer the stream of all has no numbers.
    expect(streams[1]?.heard.text).not.toMatch(/^id:/m);
    await grantBob({ actions: ['view'], selector: { images: ['nothing'] } });
    await Promise.all(streams.map(({ over }) => over));
    await vi.waitFor(async () => expect((await bob.ask(`${url}/api/servers`, ca)).json()).toEqual([]), patience);
    expect(verdict(await bob.ask(`${url}/api/servers/one`, ca))[0]).toBe(403);
  },
);
