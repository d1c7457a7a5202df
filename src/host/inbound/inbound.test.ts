import { once } from 'node:events';
import { readdir, readFile, rm, mkdtemp, writeFile } from 'node:fs/promises';
import { connect as connectHttp2 } from 'node:http2';
import { request as httpRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { connect as connectTls } from 'node:tls';
import { expect, onTestFinished, test, vi } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import { handOver } from '#test/tailnet/hand-over.ts';
import { createAuthority, openAuthority } from '../certs/authority.ts';
import type { KeyPair } from '../certs/authority.ts';
import type { Dispatch } from '../api/dispatch.ts';
import type { Face } from '../api/face.ts';
import { createLog } from '../observability/log.ts';
import { noTailnet } from '../tailnet/tailnet.ts';
import { listenInwards } from '../tailnet/inwards.ts';
import { createInbound } from './inbound.ts';
import { createPeers } from './peers.ts';

const log = createLog({ level: 'silent' });
const secret = 'a secret of the node';
const peerAddress = '100.64.0.9';
const ownAddress = '100.64.0.1';
const name = 'box.tail.test';
const patience = { timeout: 30_000 };
const running: TailnetState = { mode: 'embedded', phase: 'running', name, addresses: [ownAddress, 'fd7a::1'] };

/** As one that the world trusts. */
const authority = async () => openAuthority(await createAuthority(new Date(), [name]));

/** Answers with what a request is taken for: the least that a host needs to be asked who somebody is. */
function telling(face: Face): Dispatch {
  const tell = async (request: IncomingMessage): Promise<object> => {
    try {
      const routes = face.routes(request);
      face.names(request);
      const known = await face.access().identify(request, { kind: 'control' });
      const urls = face.urlsOf?.(request);
      return { known, origin: routes.ownOrigin({ kind: 'server', id: 'one' }), urls: urls?.workspace('one') };
    } catch (error) {
      return { code: error instanceof GuildNetError ? error.code : 'broken' };
    }
  };
  return {
    request: (request, response) => void tell(request).then((told) => response.end(JSON.stringify(told))),
    upgrade: (_request, client) => void client.stream.destroy(),
  };
}

async function start({ folder, login = 'bob' }: { folder?: string; login?: string } = {}) {
  const own = folder ?? (await mkdtemp(join(tmpdir(), 'guildnet-inbound-')));
  let listener: (what: 'state' | 'peers') => void = () => undefined;
  const tailnet = {
    state: { mode: 'embedded', phase: 'starting' } as TailnetState,
    open: new Set<number>(),
    listen(ports: ReadonlySet<number>) {
      tailnet.open = new Set(ports);
      return Promise.resolve();
    },
    whois: () => Promise.reject(new Error('Nobody is there.')),
    certificateNames: [] as string[],
    certificate: (asked: string): Promise<KeyPair> => authority().then((it) => it.issue([asked])),
    onChange(one: typeof listener) {
      listener = one;
      return () => undefined;
    },
  };
  const whois = vi.fn(({ address }: { address: string }) =>
    address === peerAddress
      ? Promise.resolve({ login, device: { name: 'phone.tail.test.', id: 'n9' }, tags: [], capabilities: [] })
      : Promise.reject(new Error('Nobody is there.')),
  );
  const inbound = createInbound({ tailnet, peers: createPeers(whois, log), folder: own, dispatchFor: telling, log });
  const inwards = await listenInwards({ secret, onConnection: inbound.take, log });
  onTestFinished(async () => {
    await inwards.close();
    await inbound.close();
    await rm(own, { recursive: true, force: true });
  });
  await inbound.start();
  const become = (state: TailnetState): void => {
    tailnet.state = state;
    listener('state');
  };
  return {
    inbound,
    tailnet,
    whois,
    folder: own,
    become,
    /** A connection of the peer's to a port of the tailnet address. */
    to: (port: number, from = peerAddress): Promise<Socket> =>
      handOver(inwards.address, secret, { peer: { address: from, port: 41_000 }, own: { address: ownAddress, port } }),
    async opened(): Promise<void> {
      become(running);
      await vi.waitFor(() => expect(tailnet.open.has(443)).toBe(true), patience);
    },
  };
}

async function authorityOf(to: (port: number) => Promise<Socket>): Promise<string> {
  const { body } = await plain(await to(80), '/guildnet-ca.crt');
  return body;
}

async function plain(socket: Socket, path: string, method = 'GET') {
  const request = httpRequest({ createConnection: () => socket, path, method, headers: { host: 'box' } });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** One request by HTTP/1.1, verified under the host's name. */
async function ask(socket: Socket, ca: string, headers: Record<string, string> = {}): Promise<unknown> {
  const tls = connectTls({ socket, servername: name, ca, ALPNProtocols: ['http/1.1'] });
  await once(tls, 'secureConnect');
  const request = httpRequest({ createConnection: () => tls, path: '/', headers: { host: name, ...headers } });
  request.end();
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  return JSON.parse(await text(response));
}

test('a peer is who whois says, whatever they send along, by HTTP/1.1 and HTTP/2', async () => {
  const { to, opened } = await start();
  await opened();
  const ca = await authorityOf(to);
  const bob = { known: { identity: { kind: 'peer', peer: { login: 'bob', device: { name: 'phone.tail.test' } } } } };
  expect(await ask(await to(443), ca)).toMatchObject(bob);
  const forged = {
    authorization: 'Bearer token',
    'proxy-authorization': 'Bearer token',
    cookie: '__Host-Http-guildnet-12345678=x',
    'guildnet-session': 'x',
    'tailscale-user-login': 'anna',
    'x-forwarded-for': '127.0.0.1',
    forwarded: 'for=127.0.0.1',
    'x-real-ip': '127.0.0.1',
  };
  expect(await ask(await to(443), ca, forged)).toMatchObject(bob);

  const tls = connectTls({ socket: await to(443), servername: name, ca, ALPNProtocols: ['h2'] });
  await once(tls, 'secureConnect');
  const session = connectHttp2(`https://${name}`, { createConnection: () => tls });
  const stream = session.request({ ':path': '/', ...forged });
  expect(JSON.parse(await text(stream))).toMatchObject(bob);
  session.destroy();
});

test('a PROXY header that the peer writes is no part of what is believed', async () => {
  const { to, opened } = await start();
  await opened();
  const socket = await to(443);
  const second = Buffer.from('0d0a0d0a000d0a515549540a2111000c7f0000017f0000010050ffff', 'hex');
  socket.write(second);
  // It is no handshake, and ends what it came by.
  await once(socket.resume(), 'close');
});

test('a peer whom nobody knows is refused', async () => {
  const { to, opened } = await start();
  await opened();
  const ca = await authorityOf(to);
  expect(await ask(await to(443, '100.64.0.66'), ca)).toEqual({ code: 'unauthorized' });
});

test('workspaces have a port each, under the name that was asked for; a request names the port that it came by', async () => {
  const { inbound, tailnet, to, opened, folder } = await start();
  inbound.workspaces(['one', 'two']);
  await opened();
  await vi.waitFor(() => expect(tailnet.open.size).toBe(4), patience);
  const ca = await authorityOf(to);
  const { origin } = (await ask(await to(443), ca)) as { origin: string };
  expect(origin).toMatch(/^https:\/\/box\.tail\.test:2\d{4}$/);
  const byAddress = (await ask(await to(443), ca, { host: ownAddress })) as { origin: string; urls: string };
  const port = Number(new URL(origin).port);
  expect(byAddress.origin).toBe(`https://${ownAddress}:${String(port)}`);
  expect(byAddress.urls).toBe(`${byAddress.origin}/`);
  expect(tailnet.open.has(port)).toBe(true);
  expect(await ask(await to(port), ca)).toEqual({ code: 'forbidden' });
  expect(await ask(await to(443), ca, { host: `${name}:${String(port)}` })).toEqual({ code: 'forbidden' });
  expect(await ask(await to(port), ca, { host: `${name}:${String(port)}` })).toHaveProperty('known');

  // One that goes takes its port along, and it is there again with the workspace.
  inbound.workspaces(['two']);
  await vi.waitFor(() => expect(tailnet.open.has(port)).toBe(false), patience);
  inbound.workspaces(undefined);
  inbound.workspaces(['one', 'two']);
  await vi.waitFor(() => expect(tailnet.open.has(port)).toBe(true), patience);
  inbound.workspace('one', false);
  await vi.waitFor(() => expect(tailnet.open.has(port)).toBe(false), patience);
  inbound.workspace('one', true);
  await vi.waitFor(() => expect(tailnet.open.has(port)).toBe(true), patience);
  await vi.waitFor(async () => expect(await readFile(join(folder, 'ports.json'), 'utf8')).toContain('two'), patience);
});

test('a port that nobody was given ends at once, and so does all before there is a certificate', async () => {
  const { to, opened, tailnet } = await start();
  expect(tailnet.open.size).toBe(0);
  await once((await to(443)).resume(), 'close');
  await opened();
  await once((await to(20_001)).resume(), 'close');
  await once((await to(8_080)).resume(), 'close');
  expect([...tailnet.open].toSorted((one, other) => one - other)).toEqual([80, 443]);
});

test('plain http explains and offers the authority, and nothing else', async () => {
  const { to, opened } = await start();
  await opened();
  const page = await plain(await to(80), '/api/servers');
  expect(page.status).toBe(200);
  expect(page.body).toContain('https://box.tail.test/');
  expect(page.headers['content-security-policy']).toContain("default-src 'none'");
  expect((await plain(await to(80), '/', 'POST')).status).toBe(405);
  expect(await authorityOf(to)).toMatch(/^-----BEGIN CERTIFICATE-----/);
});

test('another name has another authority, from the next connection on', async () => {
  const { to, opened, become } = await start();
  await opened();
  const before = await authorityOf(to);
  become({ ...running, name: 'box-1.tail.test' });
  await vi.waitFor(async () => expect(await authorityOf(to)).not.toBe(before), patience);
});

test('a host that is on no tailnet reads no ports and looks after no certificate', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-inbound-'));
  await writeFile(join(folder, 'ports.json'), 'no JSON');
  const warnings: string[] = [];
  const inbound = createInbound({
    tailnet: noTailnet(),
    peers: createPeers(() => Promise.reject(new Error('Nobody is there.')), log),
    folder,
    dispatchFor: telling,
    log: createLog({ level: 'warn', destination: { write: (line) => void warnings.push(line) } }),
  });
  onTestFinished(async () => {
    await inbound.close();
    await rm(folder, { recursive: true, force: true });
  });
  await inbound.start();
  inbound.workspaces(['one']);
  expect(inbound.facts()).toEqual({});
  expect(warnings).toEqual([]);
  expect(await readdir(folder)).toEqual(['ports.json']);
});

test('what the tailnet has issued for the name is served under it, and to those who come by an address what the authority signs', async () => {
  const { opened, to, tailnet, inbound, become } = await start();
  await opened();
  const ca = await authorityOf(to);
  expect(inbound.facts().certificate).toMatchObject({ kind: 'own', problem: { code: 'unsupported' } });
  const issuing = await authority();
  tailnet.certificate = (asked) => issuing.issue([asked]);
  tailnet.certificateNames = [name];
  become(running);
  await vi.waitFor(() => expect(inbound.facts().certificate).toMatchObject({ kind: 'tailnet' }), patience);
  expect(inbound.facts().certificate?.problem).toBeUndefined();

  await expect(ask(await to(443), issuing.cert)).resolves.toMatchObject({ known: { identity: { kind: 'peer' } } });
  const byAddress = connectTls({ socket: await to(443), host: ownAddress, servername: '', ca });
  await once(byAddress, 'secureConnect');
  byAddress.destroy();
  expect((await plain(await to(80), '/')).body).toContain('knows its certificate');
});
