import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { V1Pod, V1ReplicaSet } from '@kubernetes/client-node';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import type { ProxyAnswer } from '#contract/proxy-debug.ts';
import type { Server } from '#contract/server.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createNamespace } from '#test/create-namespace.ts';
import type { CreatedNamespace } from '#test/create-namespace.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { createAuthority, openAuthority } from '../certs/authority.ts';
import { namespaceRules } from '../operator/rbac-rules.ts';
import { startHost } from '#test/host/started-host.ts';
import type { Answer, StartedHost } from '#test/host/started-host.ts';

/** Says on which of its ports, by which name and for what it was asked. */
const program = `const f=(q,r)=>r.end(JSON.stringify({port:q.socket.localPort,url:q.url,host:q.headers.host,sni:q.socket.servername||''}));
for(const p of [3000,5173])require('http').createServer(f).listen(p);
require('https').createServer({key:process.env.KEY,cert:process.env.CERT},f).listen(9443)`;

interface Said {
  port: number;
  url: string;
  host: string;
  sni: string;
}

const patience = { timeoutMs: 60_000 };
let namespace: CreatedNamespace;
let other: CreatedNamespace;
let outside: { port: number; close: () => Promise<void>; asked: string[] };
let started: StartedHost;

async function startWorkspace(name: string, spec: Parameters<typeof createWorkspace>[2]): Promise<void> {
  await createWorkspace(namespace, name, spec);
  const running = async (): Promise<boolean> =>
    ((await started.ask(`/api/servers/${name}`)).json() as Server).status === 'running';
  await waitUntil(running, { what: `${name} to run`, ...patience });
}

async function createEcho(where: CreatedNamespace, name: string, podLabels: Record<string, string>): Promise<void> {
  const body: V1Pod = {
    metadata: { name, labels: podLabels },
    spec: { containers: [{ name: 'echo', image: 'guildnet.local/echo:1', ports: [{ containerPort: 8080 }] }] },
  };
  await where.core.createNamespacedPod({ namespace: where.name, body });
  const ready = async (): Promise<boolean> => {
    const { status } = await where.core.readNamespacedPod({ namespace: where.name, name });
    return status?.conditions?.some((one) => one.type === 'Ready' && one.status === 'True') ?? false;
  };
  await waitUntil(ready, { what: `the pod ${name} to be ready`, ...patience });
}

/** A ReplicaSet that bears the name of one of a workspace's, and that the workspace's Deployment cannot adopt: it has an owner. */
async function createImpostor(where: CreatedNamespace, name: string, labels: Record<string, string>): Promise<void> {
  const { metadata } = await where.core.createNamespacedConfigMap({
    namespace: where.name,
    body: { metadata: { name } },
  });
  const owner = { apiVersion: 'v1', kind: 'ConfigMap', name, uid: metadata?.uid ?? '', controller: true };
  const containers = [{ name: 'echo', image: 'guildnet.local/echo:1' }];
  const set: V1ReplicaSet = {
    apiVersion: 'apps/v1',
    kind: 'ReplicaSet',
    metadata: { name, namespace: where.name, labels, ownerReferences: [owner] },
    spec: { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } },
  };
  await where.objects.create(set);
  const ready = async (): Promise<boolean> => {
    const live: V1ReplicaSet = await where.objects.read({
      ...set,
      metadata: { name, namespace: where.name },
    });
    return (live.status?.readyReplicas ?? 0) > 0;
  };
  await waitUntil(ready, { what: 'the pod of the impostor', ...patience });
}

async function createService(
  where: CreatedNamespace,
  name: string,
  labels: Record<string, string> = {},
): Promise<void> {
  await where.core.createNamespacedService({
    namespace: where.name,
    body: {
      metadata: { name, labels },
      spec: { selector: { app: 'echo' }, ports: [{ port: 80, targetPort: 8080 }] },
    },
  });
}

async function listenOutside(): Promise<typeof outside> {
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.headers.host ?? ''} ${request.url ?? ''}`);
    response.end('outside');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { port, asked, close: () => new Promise((resolve) => server.close(() => resolve())) };
}

const said = async (target: string): Promise<Said> => (await started.ask(target)).json() as Said;
const debug = async (query: string, host = started): Promise<ProxyAnswer> =>
  (await host.ask(`/api/proxy-debug?${query}`)).json() as ProxyAnswer;
const refusal = (answer: Answer): string => `${String(answer.status)} ${(answer.json() as { code: string }).code}`;

beforeAll(async () => {
  [namespace, other] = await Promise.all([
    createNamespace(inject('kubeconfigPath')),
    createNamespace(inject('kubeconfigPath')),
  ]);
  outside = await listenOutside();
  started = await startHost({
    kubeconfigPath: namespace.kubeconfigPath,
    namespace: namespace.name,
    env: { PROXY_TARGETS: `127.0.0.1:${String(outside.port)},localtest.example` },
  });
  await started.reached('online');
  const pair = await openAuthority(await createAuthority()).issue(['unrelated.localhost']);
  await Promise.all([
    startWorkspace('ports', {
      image: 'guildnet.local/code-server:4.139.1',
      command: ['/opt/node/bin/node', '-e'],
      args: [program],
      env: [
        { name: 'KEY', value: pair.key },
        { name: 'CERT', value: pair.cert },
      ],
      ports: [
        { containerPort: 3000, name: 'httpstat' },
        { containerPort: 9443, name: 'https-admin' },
      ],
    }),
    startWorkspace('agent', {
      image: 'guildnet.local/echo:1',
      probes: 'none',
      env: [{ name: 'AGENT_HOST', value: 'sidekick:80' }],
      ports: [{ containerPort: 5353, name: 'dns', protocol: 'UDP' }],
    }),
    createEcho(namespace, 'echo', { app: 'echo' }),
    createEcho(other, 'echo', { app: 'echo' }),
    createService(namespace, 'sidekick', { 'guildnet.io/id': 'nickname' }),
    createService(other, 'neighbour'),
  ]);
});
afterAll(async () => {
  await started[Symbol.asyncDispose]();
  await outside.close();
  await Promise.all([namespace[Symbol.asyncDispose](), other[Symbol.asyncDispose]()]);
});

describe('any port of a workspace', () => {
  test.each([
    ['the preferred one, called httpstat, which is no TLS', 'https://ports.localhost/a//b?c', 3000, ''],
    ['declared', 'https://3000--ports.localhost/a//b?c', 3000, ''],
    ['not declared', 'https://5173--ports.localhost/a//b?c', 5173, ''],
    [
      'with TLS by its name, which is asked for the name in the address',
      'https://9443--ports.localhost/a//b?c',
      9443,
      '9443--ports.localhost',
    ],
    ['in the path form', '/proxy/server/ports:5173/a//b?c', 5173, ''],
    ['with TLS in the path form', '/proxy/server/ports:9443/a//b?c', 9443, '9443--ports.localhost'],
  ])('%s', async (_what, target, port, sni) => {
    expect(await said(target)).toMatchObject({ port, url: '/a//b?c', sni });
  });

  test('has an address in the API, which leads there', async () => {
    const { ports } = (await started.ask('/api/servers/ports')).json() as Server;
    expect(ports?.map(({ port, name }) => [port, name])).toEqual([
      [3000, 'httpstat'],
      [9443, 'https-admin'],
    ]);
    const url = new URL(ports?.[1]?.url ?? '');
    expect(await said(`https://${url.hostname}/x`)).toMatchObject({ port: 9443, host: url.host });
  });

  test('a browser that navigates by the path form is sent to the port’s own origin', async () => {
    const answer = await started.ask('/proxy/server/ports:5173/a//b?c', { headers: { 'sec-fetch-mode': 'navigate' } });
    expect(answer.headers.location).toBe(`https://5173--ports.localhost:${String(started.port)}/a//b?c`);
  });

  test('on which nothing listens says so', async () => {
    const answer = await started.ask('https://4000--ports.localhost/');
    expect(refusal(answer)).toBe('502 upstream_failed');
    expect(answer.text).toContain('port 4000');
  });
});

describe('the resolution order', () => {
  test.each([
    ['a Service by its name', '/proxy/server/sidekick/x?a=1'],
    ['a Service by its label', '/proxy/server/nickname/x?a=1'],
    ['AGENT_HOST, which names another Service', '/proxy/server/agent/x?a=1'],
    ['on the workspace’s own origin too', 'https://agent.localhost/x?a=1'],
    ['and the Service’s', 'https://sidekick.localhost/x?a=1'],
  ])('%s', async (_what, target) => {
    expect((await said(target)).url).toBe('/x?a=1');
  });

  test('a stranger’s pod with the labels of a workspace gets nothing of it, nor one with the name of its owner', async () => {
    const labels = { 'guildnet.io/managed': 'true', 'guildnet.io/id': 'ports', 'pod-template-hash': 'x' };
    await createEcho(namespace, 'stranger', labels);
    await createImpostor(namespace, 'ports-x', labels);
    const { steps } = await debug('server=ports');
    expect(steps.findLast(({ rule }) => rule === 'pod')).toMatchObject({
      rule: 'pod',
      outcome: 'taken',
      why: expect.stringContaining('Pod ports-') as string,
    });
    expect(await said('https://ports.localhost/')).toMatchObject({ port: 3000 });
  });
});

describe('targets', () => {
  test.each([
    ['by query', () => '/proxy?to=sidekick:80&path=/x//y%2F&a=1', '/x//y%2F?a=1'],
    ['by path', () => '/proxy/sidekick:80/x//y%2F?a=1&to=b', '/x//y%2F?a=1&to=b'],
    ['by the whole name', () => `/proxy/sidekick.${namespace.name}.svc.cluster.local:80/x`, '/x'],
    ['in another namespace', () => `/proxy/neighbour.${other.name}:80/x`, '/x'],
    ['a pod by its name', () => '/proxy/echo:8080/x', '/x'],
    ['on an origin of its own', () => 'https://80--sidekick.to.localhost/x', '/x'],
    ['in another namespace, too', () => `https://80--neighbour.${other.name}.to.localhost/x`, '/x'],
  ])('a Service or pod of the cluster: %s', async (_what, target, url) => {
    expect((await said(target())).url).toBe(url);
  });

  test('by the address of Service and pod', async () => {
    const { spec } = await namespace.core.readNamespacedService({ namespace: namespace.name, name: 'sidekick' });
    const { status } = await other.core.readNamespacedPod({ namespace: other.name, name: 'echo' });
    expect((await said(`/proxy/${spec?.clusterIP ?? ''}:80/service`)).url).toBe('/service');
    expect((await said(`/proxy/${status?.podIP ?? ''}:8080/pod`)).url).toBe('/pod');
  });

  test('outside, where it is configured, by its own name', async () => {
    const at = `127.0.0.1:${String(outside.port)}`;
    const answer = await started.ask(`/proxy?to=${at}&path=/x`);
    expect([answer.status, answer.text]).toEqual([200, 'outside']);
    expect(outside.asked).toEqual([`${at} /x`]);
  });

  test.each([
    ['/proxy?to=localhost:80', '403 forbidden'],
    ['/proxy?to=127.0.0.1:1', '403 forbidden'],
    ['/proxy?to=2130706433:80', '403 forbidden'],
    ['/proxy?to=[::1]:80', '403 forbidden'],
    ['/proxy?to=169.254.169.254:80', '403 forbidden'],
    ['/proxy?to=0.0.0.0:80', '403 forbidden'],
    ['/proxy?to=example.com:80', '403 forbidden'],
    ['/proxy?to=kubernetes.default:443', '501 unsupported'],
    ['/proxy?to=sidekick:81', '400 bad_target'],
    ['/proxy?to=sidekick', '400 bad_target'],
    ['/proxy?path=/x', '400 bad_target'],
    ['/proxy/..:80/', '400 bad_target'],
    ['/proxy/a%00:80/', '400 bad_target'],
    ['/proxy/a%2f:80/', '400 bad_target'],
    ['/proxy/\\:80/', '400 bad_target'],
    ['/proxy/server/ports:99999/', '400 bad_target'],
    ['/proxy/server/A_B/', '404 not_found'],
    [`/proxy/server/${'a'.repeat(50_000)}/`, '404 not_found'],
  ])('%s is %s, with a reason', async (target, expected) => {
    const answer = await started.ask(target);
    expect(refusal(answer)).toBe(expected);
    expect(answer.headers['x-request-id']).toMatch(/^[0-9a-f]{32}$/);
  });

  test('the API server is not one, by whichever address', async () => {
    const server = new URL(namespace.kubeConfig.getCurrentCluster()?.server ?? '');
    expect(refusal(await started.ask(`/proxy?to=${server.host}`))).toBe('403 forbidden');
  });

  test('`/\\` is the workspace’s affair', async () => {
    expect((await said('https://ports.localhost/\\')).url).toBe('/\\');
    expect((await started.ask('/\\')).status).toBeLessThan(500);
  });
});

test('/api/proxy-debug explains all of it', async () => {
  const agent = await debug('server=agent&path=/x');
  expect(agent).toMatchObject({ server: 'agent', path: '/x', rid: expect.stringMatching(/^[0-9a-f]{32}$/) as string });
  expect(agent.steps.map(({ rule, outcome }) => `${rule} ${outcome}`)).toEqual([
    'form taken',
    'service passed',
    'agent-host taken',
    'place taken',
    'pod taken',
    'transport taken',
  ]);
  const { transport } = await started.host.client.host.status();
  expect(agent.target).toMatchObject({
    transport: 'spdy',
    losses: [],
    namespace: namespace.name,
    pod: 'echo',
    port: 8080,
  });
  expect(transport.kind).toBe(agent.target?.transport);
  expect(await debug('to=169.254.169.254:80')).toMatchObject({ error: { code: 'forbidden' } });
});

test.each<[string, NodeJS.ProcessEnv, object, string]>([
  [
    'pod-proxy, and what is lost on it',
    { GUILDNET_TRANSPORT: 'pod-proxy' },
    { transport: 'pod-proxy' },
    'taken pod-proxy: ',
  ],
  ['direct', { HOSTAPP_DISABLE_API_PROXY: 'true' }, { transport: 'direct', losses: [] }, 'taken direct: '],
])('/api/proxy-debug names the way that is used: %s', async (_what, env, target, step) => {
  await using own = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name, env });
  await own.reached('online');
  await own.ask('/proxy/server/sidekick/');
  const answer = await debug('server=sidekick', own);
  expect(answer.target).toMatchObject(target);
  expect(answer.target?.losses.some((loss) => loss.includes('WebSockets'))).toBe(
    env['GUILDNET_TRANSPORT'] !== undefined,
  );
  const last = answer.steps.at(-1);
  expect(`${last?.outcome ?? ''} ${last?.why ?? ''}`).toContain(step);
});

test('who may not look into another namespace is told so', async () => {
  const rules = namespaceRules.filter(({ resources }) => !resources.includes('pods/portforward'));
  const proxied = { apiGroups: [''], resources: ['pods/proxy'], verbs: ['get'] };
  await using limited = await limitedKubeconfig(namespace, [...rules, proxied]);
  await using own = await startHost({ kubeconfigPath: limited.path, namespace: namespace.name });
  await own.reached('online');
  const answer = await own.ask(`/proxy?to=neighbour.${other.name}:80`);
  expect(refusal(answer)).toBe('403 forbidden');
  expect(answer.text).toContain(other.name);
  expect((await own.ask('/proxy?to=sidekick:80')).status).toBe(200);
  // By the one way that its rights leave; why it is this one is told of each that would be better.
  const { steps, target } = await debug('to=sidekick:80', own);
  expect(target?.transport).toBe('pod-proxy');
  const ways = steps.filter(({ rule }) => rule === 'transport').map(({ outcome, why }) => `${outcome} ${why}`);
  expect(ways).toEqual([
    expect.stringContaining('passed spdy: The cluster does not allow it to us.'),
    expect.stringContaining('passed spdy-websocket: The cluster does not allow it to us.'),
    expect.stringContaining('passed channels: The cluster does not allow it to us.'),
    'taken pod-proxy: It works.',
  ]);
});
