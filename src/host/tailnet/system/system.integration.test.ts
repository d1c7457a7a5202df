import { symlink } from 'node:fs/promises';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { RequestOptions } from 'node:https';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, onTestFinished, vi } from 'vitest';
import { z } from 'zod';
import { serverSchema } from '#contract/server.ts';
import { chooseFreePorts } from '#local-cluster/free-port.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { namespaceTest } from '#test/namespace.ts';
import { buildTimeoutMs, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { startHeadscale } from '#test/tailnet/headscale.ts';
import type { Headscale } from '#test/tailnet/headscale.ts';
import { introduction } from '#test/tailnet/hand-over.ts';
import { readAnswer } from '#test/host/read-answer.ts';
import { startHost } from '#test/host/started-host.ts';
import { startHostOnTailnet } from '#test/tailnet/host-on-tailnet.ts';
import { startOwnTailscaled } from '#test/tailnet/own-tailscaled.ts';
import { joinAsPeer } from '#test/tailnet/peer.ts';

/* A host by a real tailscaled of its machine, in user space, and a peer whose programs ask it. */

const patience = { timeout: 60_000, interval: 100 };
let headscale: Headscale;
let program: string;

beforeAll(async () => {
  program = await tailnetNodeProgram();
  headscale = await startHeadscale();
}, buildTimeoutMs);
afterAll(() => headscale?.[Symbol.asyncDispose]());

const serving = z.object({
  Foreground: z.record(z.string(), z.object({ TCP: z.record(z.string(), z.object({ TCPForward: z.string() })) })),
});

namespaceTest(
  'a host is on the tailnet of its machine’s own tailscaled, whose settings stay as they are',
  async ({ namespace }) => {
    await headscale.setPolicy({
      grants: [
        { src: ['*'], dst: ['*'], ip: ['*'] },
        { src: ['bob@'], dst: ['*'], app: { 'guildnet.io/cap': [{ actions: ['view', 'open'] }] } },
      ],
    });
    await using machine = await startOwnTailscaled(headscale, { user: 'alice', hostname: 'machine' });
    const serveConfig = async (): Promise<unknown> => JSON.parse((await machine.api.ask('GET', 'serve-config')).text);
    const theirs = { TCP: { '9000': { TCPForward: '127.0.0.1:9' } } };
    expect((await machine.api.ask('POST', 'serve-config', theirs)).status).toBe(200);
    const prefs = (await machine.api.ask('GET', 'prefs')).text;

    const { started, state } = await startHostOnTailnet(headscale, program, {
      hostname: 'unused',
      socket: machine.socket,
      kubeconfigPath: namespace.kubeconfigPath,
      namespace: namespace.name,
    });
    let isStopped = false;
    onTestFinished(async () => {
      if (!isStopped) await started[Symbol.asyncDispose]();
    });
    expect(state).toMatchObject({
      mode: 'system',
      phase: 'running',
      name: 'machine.tail.test',
      url: 'https://machine.tail.test',
      login: 'alice',
      login_server: headscale.url,
    });
    expect(state.problem).toBeUndefined();
    await started.reached('online');
    await createWorkspace(namespace, 'one', { image: 'alpine' });
    await using bob = await joinAsPeer(headscale, 'bob', program, 'bobs-tablet');
    const ca = await bob.authorityOf(machine.name);
    const { url } = state;
    const own = await vi.waitFor(async () => {
      const [one] = serverSchema.array().parse((await bob.ask(`${url}/api/servers`, ca)).json());
      return one?.ide_url ?? expect.fail('the workspace is not known yet');
    }, patience);
    expect(own).toMatch(/^https:\/\/machine\.tail\.test:2\d{4}\/$/);
    await vi.waitFor(async () => (await bob.dial(machine.name, Number(new URL(own).port))).destroy(), patience);
    for (const headers of [{}, { 'tailscale-user-login': 'alice', 'x-forwarded-for': machine.address }])
      expect((await bob.ask(`${url}/api/stop-all`, ca, { method: 'POST', headers })).status).toBe(403);
    const audit = (await started.ask('/api/audit')).text;
    expect(audit).toContain('user:bob');
    expect(audit).not.toContain('user:alice');

    // In user space tailscaled leads peers to every port of loopback, also to where it hands on connections itself.
    const { Foreground: sessions } = serving.parse(await serveConfig());
    const at = Object.values(sessions)[0]?.TCP['443']?.TCPForward ?? '';
    const forged = await bob.dial(machine.name, Number(at.split(':')[1]));
    const ends = { peer: { address: machine.address, port: 1 }, own: { address: machine.address, port: 443 } };
    forged.on('error', () => undefined).write(introduction(ends, ''));
    expect(await text(forged)).toBe('');
    expect(started.lines.join('')).toContain('a peer is at its far end');

    await expect(started.host.client.tailnet.login({})).rejects.toMatchObject({ code: 'conflict' });
    await started[Symbol.asyncDispose]();
    isStopped = true;
    await vi.waitFor(async () => expect(await serveConfig()).toEqual(theirs), patience);
    expect((await machine.api.ask('GET', 'prefs')).text).toBe(prefs);
  },
);

namespaceTest('where no tailscaled answers, that is said, and one that comes is used', async ({ namespace }) => {
  await using machine = await startOwnTailscaled(headscale, { user: 'alice', hostname: 'late' });
  const socket = `${machine.socket}-other`;
  await using started = await startHost({
    kubeconfigPath: namespace.kubeconfigPath,
    namespace: namespace.name,
    tailnet: {
      config: { mode: 'system', loginServer: headscale.url, hostname: 'unused', authKey: undefined, socket },
      program: () => Promise.resolve(program),
    },
  });
  const get = () => started.host.client.tailnet.get(undefined);
  await vi.waitFor(async () => {
    expect(await get()).toMatchObject({
      mode: 'system',
      phase: 'failed',
      problem: {
        message: expect.stringContaining(socket) as string,
        remedy: expect.stringContaining('TS_SOCKET') as string,
      },
    });
  }, patience);
  await symlink(machine.socket, socket);
  await vi.waitFor(async () => expect((await get()).phase).toBe('running'), patience);
});

namespaceTest(
  'behind "tailscale serve" peers are who the tailnet says, and nobody else is one by writing its headers',
  async ({ namespace }) => {
    const [frontPort = 0] = await chooseFreePorts(1);
    await using machine = await startOwnTailscaled(headscale, { user: 'alice', hostname: 'served' });
    // Headscale issues no certificates, so that it serves plain HTTP here, as a front of a test may.
    const serve = {
      TCP: { '443': { HTTP: true } },
      Web: {
        'served.tail.test:443': { Handlers: { '/': { Proxy: `https+insecure://127.0.0.1:${String(frontPort)}` } } },
      },
    };
    expect((await machine.api.ask('POST', 'serve-config', serve)).status).toBe(200);
    const { started, state } = await startHostOnTailnet(headscale, program, {
      hostname: 'unused',
      socket: machine.socket,
      frontPort,
      kubeconfigPath: namespace.kubeconfigPath,
      namespace: namespace.name,
    });
    onTestFinished(() => started[Symbol.asyncDispose]());
    await started.reached('online');
    expect(state.problem).toBeUndefined();
    await using bob = await joinAsPeer(headscale, 'bob', program, 'bobs-phone');
    const host = machine.name;
    await bob.authorityOf(host);
    const asked = async (port: number, path: string, headers: Record<string, string>, tls: boolean) => {
      const socket = await bob.dial(host, port);
      const request = (tls ? httpsRequest : httpRequest)({
        ...(tls ? { socket, rejectUnauthorized: false, servername: 'localhost' } : { createConnection: () => socket }),
        path,
        headers: { host, ...headers },
      } as RequestOptions);
      request.end();
      return readAnswer(request);
    };
    // tailscaled takes out what a client writes of these, and writes them itself.
    const forged = { 'tailscale-user-login': 'alice', 'x-forwarded-for': machine.address };
    for (const headers of [{}, forged]) {
      const who = await asked(443, '/api/can-i?action=admin', headers, false);
      expect([who.status, who.json()]).toEqual([200, expect.objectContaining({ allowed: false })]);
    }
    expect((await asked(443, '/api/servers', {}, false)).status).toBe(200);

    // Past it, at the port where it passes requests on: of a peer, and of a program of this machine.
    const past = await asked(frontPort, '/api/servers', { ...forged, 'x-forwarded-for': bob.address }, true);
    expect([past.status, past.text]).toEqual([401, expect.stringContaining('past the front')]);
    const local = httpsRequest({
      host: '127.0.0.1',
      port: frontPort,
      path: '/api/servers',
      rejectUnauthorized: false,
      headers: { host, 'x-forwarded-for': bob.address, 'tailscale-user-login': 'alice' },
    });
    local.end();
    const refused = await readAnswer(local);
    expect([refused.status, refused.text]).toEqual([401, expect.stringContaining('another user than')]);
  },
);
