import { once } from 'node:events';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, test, vi } from 'vitest';
import WebSocket from 'ws';
import { doctorReportSchema } from '#contract/doctor.ts';
import { clusterNetwork } from '#local-cluster/cluster-plan.ts';
import { defaultPaths, defaultStateDir } from '#local-cluster/paths.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { CreatedNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { buildTimeoutMs, tailnetNodeProgram } from '#test/tailnet/headscale-program.ts';
import { startHeadscale } from '#test/tailnet/headscale.ts';
import type { Headscale } from '#test/tailnet/headscale.ts';
import { startHostOnTailnet } from '#test/tailnet/host-on-tailnet.ts';
import { startOwnTailscaled } from '#test/tailnet/own-tailscaled.ts';
import type { OwnTailscaled } from '#test/tailnet/own-tailscaled.ts';

/* A subnet router inside the test cluster's network, of which this machine sees the node alone: pods and Services by the tailnet, or not at all. */

const { podCidr, serviceCidr } = clusterNetwork;
const patience = { timeout: 60_000, interval: 200 };
let headscale: Headscale;
let namespace: CreatedNamespace;
let router: OwnTailscaled;
let started: StartedHost;

/** Says what it was asked, and echoes on WebSockets. */
const echoing = `
  const { createHash } = require('node:crypto');
  require('node:http').createServer((request, response) => {
    let length = 0;
    request.on('data', (chunk) => (length += chunk.length)).on('end', () => response.end(request.url + ' ' + length));
  }).on('upgrade', (request, socket) => {
    const accept = createHash('sha1').update(request.headers['sec-websocket-key'] + '258EAFA5-E914-47DA-95CA-C5AB0DC85B11').digest('base64');
    socket.write('HTTP/1.1 101 Switching Protocols\\r\\nUpgrade: websocket\\r\\nConnection: Upgrade\\r\\nSec-WebSocket-Accept: ' + accept + '\\r\\n\\r\\n');
    socket.on('data', () => socket.write(Buffer.concat([Buffer.from([0x81, 6]), Buffer.from('echoed')]))).on('error', () => undefined);
  }).listen(3000);`;

async function nodeProcess(): Promise<number> {
  const file = join(defaultStateDir(defaultPaths(process.env).home, 'test'), 'processes', 'node-init.json');
  return (JSON.parse(await readFile(file, 'utf8')) as { pid: number }).pid;
}

beforeAll(async () => {
  const program = await tailnetNodeProgram();
  namespace = await createNamespace(inject('kubeconfigPath'));
  const server = new URL(namespace.kubeConfig.getCurrentCluster()?.server ?? '');
  // The host's end of the way to the node.
  headscale = await startHeadscale(server.hostname.replace(/\.2$/, '.1'));
  const [own, host] = await Promise.all([
    startOwnTailscaled(headscale, {
      user: 'alice',
      hostname: 'router',
      routes: [podCidr, serviceCidr],
      networkOf: await nodeProcess(),
    }),
    startHostOnTailnet(headscale, program, {
      hostname: 'dialling',
      kubeconfigPath: namespace.kubeconfigPath,
      namespace: namespace.name,
      env: { HOSTAPP_DISABLE_API_PROXY: 'true' },
    }),
  ]);
  router = own;
  ({ started } = host);
  await started.reached('online');
  await createWorkspace(namespace, 'far', {
    image: 'guildnet.local/code-server:4.139.1',
    command: ['/opt/node/bin/node', '-e'],
    args: [echoing],
    ports: [{ containerPort: 3000, name: 'web' }],
    resources: { requests: { cpu: '1m', memory: '16Mi' } },
  });
}, buildTimeoutMs);
afterAll(async () => {
  await started?.[Symbol.asyncDispose]();
  await router?.[Symbol.asyncDispose]();
  await namespace?.[Symbol.asyncDispose]();
  await headscale?.[Symbol.asyncDispose]();
});

/** Bytes that the router has had of all others. */
async function received(): Promise<number> {
  const { Peer: peers } = JSON.parse((await router.api.ask('GET', 'status')).text) as {
    Peer: Record<string, { RxBytes: number }>;
  };
  return Object.values(peers).reduce((sum, { RxBytes: bytes }) => sum + bytes, 0);
}

test('pods are dialled through the host’s own node by a route of the tailnet, with what they upload and their WebSockets', async () => {
  await vi.waitFor(async () => {
    const [server] = await started.host.client.workspaces.list(undefined);
    expect(server?.phase).toBe('Running');
  }, patience);
  const at = started.host.workspaceUrl('far');
  expect((await started.ask(`${at}hello%2Fthere//?a=1`)).text).toBe('/hello%2Fthere//?a=1 0');
  const before = await received();
  const megabytes = 4;
  const uploaded = await started.ask(`${at}up`, { method: 'POST', body: 'x'.repeat(megabytes * 2 ** 20) });
  expect(uploaded.text).toBe(`/up ${String(megabytes * 2 ** 20)}`);
  expect((await received()) - before).toBeGreaterThan(megabytes * 2 ** 20);

  const { path, ...options } = started.to(`${at}socket`);
  const socket = new WebSocket(`wss://localhost:${String(started.port)}${path}`, {
    ...options,
    origin: at.slice(0, -1),
  });
  await once(socket, 'open');
  socket.send('anything');
  const [said] = (await once(socket, 'message')) as [Buffer];
  expect(String(said)).toBe('echoed');
  socket.terminate();
});

test('doctor says who leads to the pods, and names what nobody leads to', async () => {
  const look = async () => {
    const report = doctorReportSchema.parse((await started.ask('/api/doctor')).json());
    return report.checks.find(({ id }) => id === 'direct-ways');
  };
  expect(await look()).toMatchObject({ state: 'ok' });
  await router.api.ask('PATCH', 'prefs', { AdvertiseRoutes: [serviceCidr], AdvertiseRoutesSet: true });
  await vi.waitFor(async () => {
    const found = await look();
    expect(found?.state).toBe('warning');
    expect(found?.findings.find(({ state }) => state === 'warning')).toMatchObject({
      message: expect.stringContaining(`advertises ${podCidr}`) as string,
      remedy: expect.stringContaining('--advertise-routes') as string,
    });
  }, patience);
  // By the address of the Service, to which somebody still leads: connections to the pod's own have ended with the way to it.
  const answer = await started.ask(`${started.host.workspaceUrl('far')}by-service`);
  expect(answer.text).toBe('/by-service 0');
});
