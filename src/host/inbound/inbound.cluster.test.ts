import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { CoordinationV1Api } from '@kubernetes/client-node';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import WebSocket from 'ws';
import { hostMessageSchema } from '#contract/terminal.ts';
import { localImages } from '#local-cluster/images.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { CreatedNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { contextsKubeconfig } from '#test/host/contexts-kubeconfig.ts';
import type { ContextsKubeconfig } from '#test/host/contexts-kubeconfig.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { buildTimeoutMs, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { startHeadscale } from '#test/tailnet/headscale.ts';
import type { Headscale } from '#test/tailnet/headscale.ts';
import { startHostOnTailnet } from '#test/tailnet/host-on-tailnet.ts';
import { joinAsPeer } from '#test/tailnet/peer.ts';
import type { TailnetPeer } from '#test/tailnet/peer.ts';
import { annotations } from '#contract/annotations.ts';
import { auditListSchema } from '#contract/audit.ts';
import type { Server } from '#contract/server.ts';
import { tailnetHostsSchema } from '#contract/tailnet.ts';
import type { TailnetHost } from '#contract/tailnet.ts';
import { hostLabel, leaseNameOf } from '../fellow-hosts/announcement.ts';

/* Workspaces that run, used by a peer over a real tailnet, and what a peer without rights sees of them. */

const patience = { timeout: 180_000, interval: 200 };
let headscale: Headscale;
let namespace: CreatedNamespace;
/** Of a context that is open beside the one in use. */
let there: CreatedNamespace;
let kubeconfig: ContextsKubeconfig;
let started: StartedHost;
let bob: TailnetPeer;
let url = '';
let ca = '';

/** Tells what it was sent, sets cookies and echoes on WebSockets, without a library. */
const telling = `
  const { createHash } = require('node:crypto');
  require('node:http').createServer((request, response) => {
    response.setHeader('set-cookie', ['session=' + process.env.NAME + '; Path=/; HttpOnly', 'plain=' + process.env.NAME]);
    response.end(JSON.stringify({ name: process.env.NAME, headers: request.headers, url: request.url }));
  }).on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
    socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept + '\\r\\n\\r\\n');
    socket.on('data', () => undefined).on('error', () => undefined);
    socket.write(Buffer.concat([Buffer.from([0x81, 5]), Buffer.from('hello')]));
  }).listen(3000);`;

async function grantBob(...values: object[]): Promise<void> {
  const reach = { src: ['*'], dst: ['*'], ip: ['*'] };
  const given = values.length === 0 ? [] : [{ src: ['bob@'], dst: ['*'], app: { 'guildnet.io/cap': values } }];
  await headscale.setPolicy({ grants: [reach, ...given] });
}

async function bobMay(action: string, allowed: boolean): Promise<void> {
  await vi.waitFor(
    async () => expect((await bob.ask(`${url}/api/can-i?action=${action}`, ca)).json()).toMatchObject({ allowed }),
    patience,
  );
}

/** What a browser says of an address that somebody types. */
const typed = { 'sec-fetch-mode': 'navigate', 'sec-fetch-site': 'none', 'sec-fetch-dest': 'document' };
const portsFile = (): string => join(started.home, 'state', 'tailnet', 'ports.json');

const at = (id: string): string => origins[id] ?? '';
const origins: Record<string, string> = {};

beforeAll(async () => {
  const program = await tailnetNodeProgram();
  headscale = await startHeadscale();
  const like = inject('kubeconfigPath');
  [namespace, there] = await Promise.all([createNamespace(like), createNamespace(like)]);
  kubeconfig = await contextsKubeconfig([
    { name: 'here', like, namespace: namespace.name },
    { name: 'there', like, namespace: there.name },
  ]);
  const [host, peer] = await Promise.all([
    startHostOnTailnet(headscale, program, {
      hostname: 'box',
      kubeconfigPath: kubeconfig.path,
    }),
    joinAsPeer(headscale, 'bob', program, 'bobs-phone'),
  ]);
  started = host.started;
  bob = peer;
  url = host.state.url;
  ca = await bob.authorityOf(host.state.name ?? '');
  await started.reached('online');
  await started.host.client.cluster.open({ context: 'there' });
  await Promise.all(
    (
      [
        [namespace, 'one', 'one'],
        [namespace, 'two', 'two'],
        [there, 'one', 'far'],
      ] as const
    ).map(([place, id, says]) =>
      createWorkspace(place, id, {
        image: 'guildnet.local/code-server:4.139.1',
        command: ['/opt/node/bin/node', '-e'],
        args: [telling],
        env: [{ name: 'NAME', value: says }],
        ports: [{ containerPort: 3000, name: 'web' }],
        resources: { requests: { cpu: '1m', memory: '16Mi' } },
      }),
    ),
  );
  await vi.waitFor(async () => {
    const running = (await started.host.client.workspaces.list(undefined)).map(({ id, phase }) => `${id} ${phase}`);
    expect(running.toSorted()).toEqual(['one Running', 'one@there Running', 'two Running']);
  }, patience);
  await grantBob({ actions: ['view', 'open'] });
  await bobMay('open', true);
  for (const server of (await bob.ask(`${url}/api/servers`, ca)).json() as Server[])
    origins[server.id] = (server.ide_url ?? '').replace(/\/$/, '');
}, buildTimeoutMs);
afterAll(async () => {
  await bob?.[Symbol.asyncDispose]();
  await started?.[Symbol.asyncDispose]();
  await kubeconfig?.[Symbol.asyncDispose]();
  await Promise.all([namespace?.[Symbol.asyncDispose](), there?.[Symbol.asyncDispose]()]);
  await headscale?.[Symbol.asyncDispose]();
});

interface Told {
  name: string;
  url: string;
  headers: Record<string, string>;
}

test('a workspace is used at its port, and knows whose address asks; what a peer says of itself is not passed on', async () => {
  const forged = {
    'x-forwarded-for': '127.0.0.1',
    forwarded: 'for=127.0.0.1',
    'tailscale-user-login': 'alice',
    'proxy-authorization': `Bearer ${started.token}`,
  };
  const told = (await bob.ask(`${at('one')}/a//b%2Fc?q=1`, ca, { headers: forged })).json() as Told;
  expect(told).toMatchObject({ name: 'one', url: '/a//b%2Fc?q=1' });
  expect(told.headers['x-forwarded-for']).toBe(bob.address);
  expect(told.headers['host']).toBe(new URL(at('one')).host);
  expect(told.headers).not.toHaveProperty('tailscale-user-login');
  expect(JSON.stringify(told)).not.toContain(started.token);
});

test('a page that is asked for by its path is sent to a port of its own, which is open by then', async () => {
  for (const [name, path] of [
    ['one', 'a?b'],
    ['one:3000', 'c'],
    ['two:3000', ''],
  ] as const) {
    const sent = await bob.ask(`${url}/proxy/server/${name}/${path}`, ca, { headers: typed });
    expect(sent.status).toBe(307);
    const told = (await bob.ask(sent.headers.location ?? '', ca)).json() as Told;
    expect(told).toMatchObject({ name: name.split(':')[0], url: `/${path}` });
  }
});

test('two workspaces at ports of one name do not see each other’s cookies', async () => {
  const jar: string[] = [];
  for (const id of ['one', 'two']) {
    const { headers } = await bob.ask(`${at(id)}/`, ca);
    jar.push(...(headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0] ?? ''));
    for (const cookie of headers['set-cookie'] ?? [])
      expect(cookie).toMatch(/^__Host-Http-.*; Path=\/; HttpOnly; Secure/);
  }
  jar.push('session=of-a-script');
  for (const id of ['one', 'two']) {
    const told = (await bob.ask(`${at(id)}/`, ca, { headers: { cookie: jar.join('; ') } })).json() as Told;
    // The host itself signs in to an IDE, as which it knows this one by its image.
    const sent = told.headers['cookie']?.split('; ').filter((pair) => !pair.startsWith('code-server-session='));
    expect(sent?.toSorted()).toEqual([`plain=${id}`, `session=${id}`]);
  }
  // What a page of one sends to the other is a stranger's, though both are of one site.
  const origin = { origin: at('one'), 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' };
  expect((await bob.ask(`${at('two')}/`, ca, { headers: origin })).status).toBe(403);
  expect((await bob.ask(`${url}/api/servers`, ca, { headers: origin })).status).toBe(403);
  expect((await bob.upgrade(`${at('two')}/`, ca, { origin: at('one') })).status).toBe(403);
});

test('a peer without rights is refused on every way in', async () => {
  await grantBob({ actions: ['launch'] });
  await bobMay('view', false);
  try {
    for (const target of [
      `${url}/api/servers/one`,
      `${url}/api/workspaces/one/logs`,
      `${url}/sse/logs?target=one`,
      `${url}/api/servers/one/env/NAME`,
      `${url}/api/workspaces/one/terminals`,
      `${url}/proxy/server/one/`,
      `${at('one')}/`,
    ])
      expect([target, (await bob.ask(target, ca)).status]).toEqual([target, 403]);
    for (const target of [
      `${url}/api/workspaces/one/terminal`,
      `${url}/api/workspaces/one/exec`,
      `${url}/proxy/server/one/`,
      `${at('one')}/`,
    ])
      expect([target, (await bob.upgrade(target, ca)).status]).toEqual([target, 403]);
    // Neither where it is nor that it is: a name that there is none of is refused in the same words.
    const said = await Promise.all(
      ['one', 'one:4000', 'none'].map(async (name) => {
        const { status, text: page } = await bob.ask(`${url}/proxy/server/${name}/`, ca, { headers: typed });
        return { status, page: page.replaceAll(/nonce="[^"]*"|request [^<]*/g, '') };
      }),
    );
    expect(said[0]?.status).toBe(403);
    expect(said).toEqual(said.map(() => said[0]));
    // Nor does it get a port for the asking.
    expect((await bob.ask(`${at('one')}/?guildnet-download=4000`, ca, { headers: typed })).status).toBe(403);
    expect(await readFile(portsFile(), 'utf8')).not.toContain('4000');
    const forward = await bob.ask(`${url}/api/workspaces/one/forwards`, ca, { method: 'POST', body: { port: 3000 } });
    expect(forward.status).toBe(403);
    expect((await bob.ask(`${url}/api/servers`, ca)).json()).toEqual([]);
  } finally {
    await grantBob({ actions: ['view', 'open'] });
    await bobMay('open', true);
  }
});

/** A terminal in the workspace, over the tailnet. */
async function terminal(id: string): Promise<{ socket: WebSocket; shown(): string }> {
  const host = new URL(url).hostname;
  const connection = connectTls({
    socket: await bob.dial(host, 443),
    servername: host,
    ca,
    ALPNProtocols: ['http/1.1'],
  });
  await once(connection, 'secureConnect');
  const socket = new WebSocket(`${url.replace('https', 'wss')}/api/workspaces/${id}/terminal`, {
    createConnection: () => connection,
  });
  let output = '';
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isBinary) output += data.subarray(1).toString();
    else hostMessageSchema.parse(JSON.parse(data.toString()));
  });
  await once(socket, 'open');
  socket.send(JSON.stringify({ type: 'start', cols: 80, rows: 24 }));
  return { socket, shown: () => output };
}

test('what a peer has open ends when they may not any more: terminal, WebSocket and stream', async () => {
  const { socket, shown } = await terminal('one');
  socket.on('error', () => undefined);
  const left = once(socket, 'close');
  await vi.waitFor(() => expect(shown()).not.toBe(''), patience);
  socket.send(Buffer.concat([Buffer.from([0]), Buffer.from('echo $((6 * 7))$NAME\r')]));
  await vi.waitFor(() => expect(shown()).toContain('42one'), patience);

  const page = await bob.upgrade(`${at('one')}/`, ca, { origin: at('one') });
  expect(page.status).toBe(101);
  const broken =
    page.socket === undefined ? Promise.reject(new Error('No socket.')) : once(page.socket.resume(), 'close');
  page.socket?.on('error', () => undefined);
  const logs = await bob.open(`${url}/sse/logs?target=one`, ca);
  const [stream] = (await once(logs, 'response')) as [IncomingMessage];
  const over = text(stream).catch(() => 'broken off');

  await grantBob({ actions: ['view'] });
  await Promise.all([left, broken, over]);
  expect((await bob.ask(`${at('one')}/`, ca)).status).toBe(403);
  await grantBob({ actions: ['view', 'open'] });
  await bobMay('open', true);
  expect((await bob.ask(`${at('one')}/`, ca)).status).toBe(200);
});

test('what is in another context is used, shared, launched and refused there, and is never what has its name in the one in use', async () => {
  expect(at('one@there')).not.toBe(at('one'));
  expect((await bob.ask(`${at('one@there')}/`, ca)).json()).toMatchObject({ name: 'far' });
  const sent = await bob.ask(`${url}/proxy/server/one@there/x`, ca, { headers: typed });
  expect((await bob.ask(sent.headers.location ?? '', ca)).json()).toMatchObject({ name: 'far', url: '/x' });
  const { socket, shown } = await terminal('one@there');
  socket.on('error', () => undefined);
  const left = once(socket, 'close');
  socket.send(Buffer.concat([Buffer.from([0]), Buffer.from('echo $((6 * 7))$NAME\r')]));
  await vi.waitFor(() => expect(shown()).toContain('42far'), patience);

  // Who may launch alone has theirs in the context that they name, and sees nothing of what others have in either.
  await grantBob({ actions: ['launch'] });
  await Promise.all([bobMay('view', false), left]);
  for (const target of [`${url}/api/servers/one@there`, `${url}/sse/logs?target=one@there`, `${at('one@there')}/`])
    expect([target, (await bob.ask(target, ca)).status]).toEqual([target, 403]);
  for (const target of [`${url}/api/workspaces/one@there/terminal`, `${at('one@there')}/`])
    expect([target, (await bob.upgrade(target, ca)).status]).toEqual([target, 403]);
  const job = { image: localImages.shell, name: 'his', context: 'there' };
  const launched = await bob.ask(`${url}/api/jobs`, ca, { method: 'POST', body: job });
  expect([launched.status, launched.json()]).toEqual([202, { id: expect.any(String) as string, status: 'pending' }]);
  const { id } = launched.json() as { id: string };
  expect(id).toMatch(/^his-[0-9a-f]{5}@there$/);
  const own = await started.host.client.resources.get({ id });
  expect([own.context, own.spec.owner]).toEqual(['there', 'user:bob']);

  // One is shared, and with it nothing else: neither the others there, nor its namesake here.
  const share = await started.host.client.shares.create({ id: 'one@there', with: 'bob' });
  expect(share.workspace).toBe('one@there');
  await vi.waitFor(async () => {
    const list = (await bob.ask(`${url}/api/servers`, ca)).json() as Server[];
    expect(list.map((server) => server.id).filter((name) => name !== id)).toEqual(['one@there']);
  }, patience);
  expect((await bob.ask(`${at('one@there')}/`, ca)).json()).toMatchObject({ name: 'far' });
  expect((await bob.ask(`${at('one')}/`, ca)).status).toBe(403);
  const page = await bob.upgrade(`${at('one@there')}/`, ca, { origin: at('one@there') });
  expect(page.status).toBe(101);
  page.socket?.on('error', () => undefined);
  const broken =
    page.socket === undefined ? Promise.reject(new Error('No socket.')) : once(page.socket.resume(), 'close');
  await started.host.client.shares.revoke({ id: 'one@there', share: share.id });
  await broken;
  await vi.waitFor(async () => expect((await bob.ask(`${at('one@there')}/`, ca)).status).toBe(403), patience);

  const written = auditListSchema.parse((await started.ask('/api/audit?limit=1000')).json());
  const of = (who: string): string[] =>
    written.filter((entry) => entry.who === who).map(({ call, workspace = '' }) => `${call} ${workspace}`);
  expect(of('user:bob')).toEqual(
    expect.arrayContaining([`workspaces.create ${id}`, 'workspace.open one@there', 'workspaces.get one@there']),
  );
  expect(written.map(({ call, workspace = '' }) => `${call} ${workspace}`)).toEqual(
    expect.arrayContaining(['shares.create one@there', 'shares.revoke one@there']),
  );
  await grantBob({ actions: ['view', 'open'] });
  await bobMay('open', true);
});

test('hosts of one cluster find each other, and another has the same workspaces when the first is gone', async () => {
  const second = await startHostOnTailnet(headscale, await tailnetNodeProgram(), {
    hostname: 'ship',
    kubeconfigPath: namespace.kubeconfigPath,
    namespace: namespace.name,
  });
  await using ship = second.started;
  await ship.reached('online');
  const leases = namespace.kubeConfig.makeApiClient(CoordinationV1Api);
  // What anybody who may write Leases can say: a device that is another, one that is none, and what is no announcement at all.
  const announce = async (name: string, place: string): Promise<unknown> =>
    leases.createNamespacedLease({
      namespace: namespace.name,
      body: {
        metadata: {
          name: leaseNameOf(name),
          labels: { [hostLabel]: 'tailnet' },
          annotations: { [annotations.tailnetHost]: place },
        },
        spec: { holderIdentity: name },
      },
    });
  await announce('evil.tail.test', JSON.stringify({ address: bob.address }));
  await announce('nobody.tail.test', JSON.stringify({ address: '127.0.0.1' }));
  await announce('broken.tail.test', '{');

  const seen = async (at: string, authority: string): Promise<TailnetHost[]> =>
    tailnetHostsSchema.parse((await bob.ask(`${at}/api/tailnet/hosts`, authority)).json());
  const [first, other] = await vi.waitFor(async () => {
    const hosts = await seen(url, ca);
    expect(hosts.map(({ name }) => name)).toEqual(['box.tail.test', 'ship.tail.test']);
    return hosts;
  }, patience);
  expect(first).toMatchObject({ here: true, url, cluster_milliseconds: expect.any(Number) as number });
  expect(other).toMatchObject({ here: false, url: 'https://ship.tail.test', same_owner: true });

  const shipCa = await bob.authorityOf('ship.tail.test');
  const { url: shipUrl = '' } = other ?? {};
  // Whom it lets in it asks the tailnet itself; who has no right here learns nothing of it.
  await grantBob({ actions: ['launch'] });
  await bobMay('view', false);
  expect((await bob.ask(`${url}/api/tailnet/hosts`, ca)).status).toBe(403);
  await grantBob({ actions: ['view', 'open'] });
  await bobMay('open', true);

  await started.host.stop();
  const sent = await vi.waitFor(async () => {
    const answer = await bob.ask(`${shipUrl}/proxy/server/one/a?b`, shipCa, { headers: typed });
    expect(answer.status).toBe(307);
    return answer;
  }, patience);
  const told = (await bob.ask(sent.headers.location ?? '', shipCa)).json() as Told;
  expect(told).toMatchObject({ name: 'one', url: '/a?b' });
  await vi.waitFor(async () => {
    expect((await seen(shipUrl, shipCa)).map(({ name }) => name)).toEqual(['ship.tail.test']);
  }, patience);
});
