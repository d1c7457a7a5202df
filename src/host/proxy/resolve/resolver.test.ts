import type { V1Pod, V1Service, V1ServicePort } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { Workspace } from '#contract/workspace.ts';
import type { ProxyAsk } from '../forms/ask.ts';
import type { ProxyTarget } from '../target.ts';
import { ownPods } from '../../kube/own-pods.ts';
import { createResolver } from './resolver.ts';
import type { ClusterView, TargetRules } from './resolver.ts';
import type { Step } from './step.ts';

const id = 'cs-12345';

function workspace(
  change: { spec?: Partial<Workspace['spec']>; status?: Workspace['status']; deleted?: boolean } = {},
): Workspace {
  return {
    metadata: {
      name: id,
      namespace: 'ns',
      uid: 'u',
      resourceVersion: '1',
      ...(change.deleted === true ? { deletionTimestamp: '2026-01-01T00:00:00Z' } : {}),
    },
    spec: { image: 'i', ...change.spec },
    status: change.status ?? { phase: 'Running' },
  };
}

interface PodRow {
  name?: string;
  ready?: boolean;
  started?: boolean;
  deleted?: boolean;
  created?: number;
  labels?: Record<string, string>;
  /** The ReplicaSet that controls it. */
  owner?: string;
}

function pod({
  name = 'p',
  ready = true,
  started = true,
  deleted = false,
  created = 0,
  labels,
  owner,
}: PodRow = {}): V1Pod {
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      creationTimestamp: new Date(created),
      namespace: 'ns',
      labels: { 'pod-template-hash': 'h', ...(labels ?? { 'guildnet.io/id': id }) },
      ownerReferences: [
        { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: owner ?? `${id}-h`, uid: 'r', controller: true },
      ],
      ...(deleted ? { deletionTimestamp: new Date(1) } : {}),
    },
    spec: { containers: [{ name: 'workspace', ports: [{ name: 'web', containerPort: 3000 }] }] },
    status: {
      phase: 'Running',
      conditions: [{ type: 'Ready', status: ready ? 'True' : 'False' }],
      containerStatuses: [{ name: 'workspace', ready, started, image: 'i', imageID: 'i', restartCount: 0 }],
    },
  };
}

const owner = (kind: string, uid: string) => ({ apiVersion: 'v', kind, name: 'n', uid, controller: true });
const owners = {
  deployment: { metadata: { uid: 'd', ownerReferences: [owner('Workspace', 'u')] } },
  replicaSet: (name: string) =>
    name === `${id}-h` ? { metadata: { name, uid: 'r', ownerReferences: [owner('Deployment', 'd')] } } : undefined,
};

const service = (...ports: V1ServicePort[]): V1Service => ({
  metadata: {
    name: id,
    namespace: 'ns',
    ownerReferences: [{ apiVersion: 'v', kind: 'Workspace', name: id, uid: 'u' }],
  },
  spec: { ports, selector: { 'guildnet.io/id': id } },
});
const port = (number: number, rest: Partial<V1ServicePort> = {}): V1ServicePort => ({ port: number, ...rest });

interface Cluster {
  ask: ProxyAsk;
  workspace: Workspace | undefined;
  service: V1Service | undefined;
  pods: V1Pod[];
  /** Services that are no workspace's, of any namespace. */
  others: V1Service[];
  /** Pods behind those. */
  otherPods: V1Pod[];
  rules: TargetRules;
  names: Record<string, string[]>;
  /** Namespaces that we may not look into. */
  closed: string[];
}

function denied(namespace: string): GuildNetError {
  return new GuildNetError('forbidden', `We may not look into ${namespace}.`, { remedy: 'Ask for the right.' });
}

/** Resolves in a cluster of these objects; answers the target or the error, and the steps on the way. */
async function resolution(
  change: Partial<Cluster>,
): Promise<{ target?: ProxyTarget; error?: GuildNetError; steps: Step[] }> {
  const it: Cluster = {
    ask: { kind: 'server', id },
    workspace: workspace(),
    service: service(port(8080)),
    pods: [pod()],
    others: [],
    otherPods: [],
    rules: { configured: [], allowAny: false },
    names: {},
    closed: [],
    ...change,
  };
  const matches = (one: V1Pod, selector: Readonly<Record<string, string>>): boolean =>
    Object.entries(selector).every(([name, value]) => one.metadata?.labels?.[name] === value);
  const resolver = createResolver({
    cluster: () => ({
      namespace: 'ns',
      world: {
        workspaces: { get: (name: string) => (name === it.workspace?.metadata.name ? it.workspace : undefined) },
        services: { get: (name: string) => (name === id ? it.service : undefined) },
        podsOf: () => (it.workspace === undefined ? [] : ownPods({ ...owners, workspace: it.workspace }, it.pods)),
      } as unknown as ClusterView['world'],
      lookUp: {
        service: async (namespace, name) => {
          if (it.closed.includes(namespace)) throw denied(namespace);
          return it.others.find(({ metadata }) => metadata?.namespace === namespace && metadata.name === name);
        },
        serviceWithId: async (label) =>
          it.others.find(({ metadata }) => metadata?.labels?.['guildnet.io/id'] === label),
        serviceAt: async (address) => it.others.find(({ spec }) => spec?.clusterIP === address),
        pod: async (namespace, name) =>
          it.otherPods.find(({ metadata }) => metadata?.namespace === namespace && metadata.name === name),
        podAt: async (address) => it.otherPods.find(({ status }) => status?.podIP === address),
        secret: async () => undefined,
        podsOf: async (namespace, selector) =>
          it.otherPods.filter((one) => one.metadata?.namespace === namespace && matches(one, selector)),
      },
    }),
    rules: it.rules,
    policy: () => ({ own: ['192.168.1.20'], ownPort: 8080, apiServers: [{ address: '10.1.0.1', port: 6443 }] }),
    resolve: async (host) => {
      const found = it.names[host];
      if (found === undefined) throw new Error(`ENOTFOUND ${host}`);
      return found;
    },
  });
  const steps: Step[] = [];
  try {
    return { target: await resolver(it.ask, (step) => steps.push(step)), steps };
  } catch (error) {
    if (error instanceof GuildNetError) return { error, steps };
    throw error;
  }
}

async function resolved(change: Partial<Cluster>): Promise<ProxyTarget> {
  const { target, error } = await resolution(change);
  if (target === undefined) throw error ?? new Error('nothing');
  return target;
}

async function refusal(change: Partial<Cluster>): Promise<GuildNetError> {
  const { error } = await resolution(change);
  if (error === undefined) throw new Error('resolved');
  return error;
}

describe('the port', () => {
  test.each([
    ['8080 first', [port(9000), port(8443), port(8080)], { port: 8080, scheme: 'http' }],
    ['then 8443, which is HTTPS', [port(9000), port(8443)], { port: 8443, scheme: 'https' }],
    ['else the first', [port(9000), port(9001)], { port: 9000, scheme: 'http' }],
    ['the container port behind the service port', [port(8080, { targetPort: 3000 })], { port: 3000, scheme: 'http' }],
    ['a named target', [port(8080, { targetPort: 'web' })], { port: 3000, scheme: 'http' }],
    ['443 is HTTPS', [port(443, { targetPort: 3000 })], { port: 3000, scheme: 'https' }],
    ['a port called https', [port(9443, { name: 'https-web' })], { port: 9443, scheme: 'https' }],
    ['appProtocol decides', [port(8443, { appProtocol: 'http' })], { port: 8443, scheme: 'http' }],
    ['UDP is passed over', [port(53, { protocol: 'UDP' }), port(9000)], { port: 9000, scheme: 'http' }],
  ])('%s', async (_what, ports, expected) => {
    expect(await resolved({ service: service(...ports) })).toMatchObject(expected);
  });

  test('a name that no container has is unsupported', async () => {
    expect((await refusal({ service: service(port(8080, { targetPort: 'nope' })) })).code).toBe('unsupported');
  });
});

describe('a port that is asked for', () => {
  const ask = (number: number, scheme?: 'http' | 'https') =>
    ({ kind: 'server', id, port: number, ...(scheme === undefined ? {} : { scheme }) }) as const;
  const ports = service(port(8080), port(80, { targetPort: 3000 }), port(9443, { name: 'https-admin' }));
  test.each([
    ['need not be the preferred one', ask(9443), { port: 9443, scheme: 'https' }],
    ["is the Service's", ask(80), { port: 3000, scheme: 'http' }],
    ["or the container's", ask(3000), { port: 3000, scheme: 'http' }],
    ['or one that nobody declared', ask(5173), { port: 5173, scheme: 'http' }],
    ['by its number TLS or not', ask(8443), { port: 8443, scheme: 'https' }],
    ['unless the question says so', ask(5173, 'https'), { port: 5173, scheme: 'https' }],
  ])('%s', async (_what, asked, expected) => {
    expect(await resolved({ ask: asked, service: ports })).toMatchObject(expected);
  });

  test('is the workspace’s own also where AGENT_HOST and no Service is set', async () => {
    const agent = workspace({ spec: { ports: [{ containerPort: 53, protocol: 'UDP' }], env: [agentHost('db:80')] } });
    expect(await resolved({ ask: ask(5173), service: undefined, workspace: agent })).toMatchObject({
      port: 5173,
      pod: 'p',
    });
  });
});

/** A Service of somebody else's, and a pod behind it. */
const db: V1Service = {
  metadata: { name: 'db', namespace: 'ns', labels: { 'guildnet.io/id': 'label-of-db' } },
  spec: { clusterIP: '10.43.0.9', selector: { app: 'db' }, ports: [port(80, { targetPort: 3000 }), port(8443)] },
};
const dbPod = pod({ name: 'db-0', labels: { app: 'db' }, owner: 'db' });
const elsewhere = <T extends V1Service | V1Pod>(one: T): T => ({
  ...one,
  metadata: { ...one.metadata, namespace: 'other' },
});
const agentHost = (value: string) => ({ name: 'AGENT_HOST', value });
const ofDb = { namespace: 'ns', pod: 'db-0', port: 3000, scheme: 'http' as const };
const withDb = { others: [db], otherPods: [dbPod] };
const udpOnly: Workspace['spec']['ports'] = [{ containerPort: 53, protocol: 'UDP' }];

describe('{id}, in the order of the specification', () => {
  const server = (name: string, number?: number): ProxyAsk => ({
    kind: 'server',
    id: name,
    ...(number === undefined ? {} : { port: number }),
  });
  const agent = (value: string, ports = udpOnly) =>
    workspace({ spec: { ...(ports === undefined ? {} : { ports }), env: [agentHost(value)] } });
  const noTcp = service(port(53, { protocol: 'UDP' }));

  test.each<[string, Partial<Cluster>, Partial<ProxyTarget>, Step['rule'][]]>([
    ['1: the workspace’s Service', {}, { pod: 'p', port: 8080 }, ['service', 'pod']],
    ['1: also where AGENT_HOST is set', { ...withDb, workspace: agent('db:80') }, { pod: 'p' }, ['service', 'pod']],
    ['1: a Service of that name', { ...withDb, ask: server('db') }, { pod: 'db-0', port: 8443 }, ['service', 'pod']],
    ['1: one of its ports', { ...withDb, ask: server('db', 80) }, ofDb, ['service', 'pod']],
    ['1: a Service with that label', { ...withDb, ask: server('label-of-db', 80) }, ofDb, ['service', 'pod']],
    [
      '2: AGENT_HOST with a port',
      { ...withDb, service: noTcp, workspace: agent('db:80') },
      ofDb,
      ['service', 'agent-host', 'place', 'pod'],
    ],
    [
      '2: AGENT_HOST with port 8443, which is TLS',
      { ...withDb, service: noTcp, workspace: agent('db:8443') },
      { pod: 'db-0', port: 8443, scheme: 'https' },
      ['service', 'agent-host', 'place', 'pod'],
    ],
    [
      '2: AGENT_HOST without a port takes 8080 of the workspace’s',
      {
        service: undefined,
        workspace: agent('nas.example', [{ containerPort: 3000 }, { containerPort: 8080 }]),
        ...nas(),
      },
      { kind: 'direct', address: '10.9.9.9', port: 8080, scheme: 'http' },
      ['service', 'agent-host', 'place', 'address'],
    ],
    [
      '2: or 8443',
      {
        service: undefined,
        workspace: agent('nas.example', [{ containerPort: 3000 }, { containerPort: 8443 }]),
        ...nas(),
      },
      { kind: 'direct', port: 8443, scheme: 'https' },
      ['service', 'agent-host', 'place', 'address'],
    ],
    [
      '2: or the first',
      {
        service: undefined,
        workspace: agent('nas.example', [{ containerPort: 3000 }, { containerPort: 4000 }]),
        ...nas(),
      },
      { kind: 'direct', port: 3000, scheme: 'http' },
      ['service', 'agent-host', 'place', 'address'],
    ],
    [
      '2: or 8080 where it has none',
      { service: noTcp, workspace: agent('nas.example'), ...nas() },
      { kind: 'direct', port: 8080, scheme: 'http' },
      ['service', 'agent-host', 'place', 'address'],
    ],
    [
      '3: the name in the cluster, while there is no Service',
      { service: undefined, workspace: workspace({ spec: { ports: [{ containerPort: 8888 }] } }) },
      { pod: 'p', port: 8888 },
      ['service', 'agent-host', 'derived', 'pod'],
    ],
    [
      '3: with the ports that every workspace has',
      { service: undefined },
      { pod: 'p', port: 8080 },
      ['service', 'agent-host', 'derived', 'pod'],
    ],
    [
      '3: while the Service of that name is somebody else’s',
      { service: { ...db, metadata: { name: id, namespace: 'ns' } } },
      { pod: 'p', port: 8080 },
      ['service', 'agent-host', 'derived', 'pod'],
    ],
    [
      '3: where AGENT_HOST cannot be used',
      { service: undefined, workspace: agent('http://db/', [{ containerPort: 8888 }]) },
      { pod: 'p', port: 8888 },
      ['service', 'agent-host', 'derived', 'pod'],
    ],
  ])('%s', async (_what, change, expected, rules) => {
    const { target, error, steps } = await resolution(change);
    expect(error).toBeUndefined();
    expect(target).toMatchObject(expected);
    expect(steps.map(({ rule }) => rule)).toEqual(rules);
    expect(steps.at(-1)?.outcome).toBe('taken');
  });

  test('4: otherwise what to set is said', async () => {
    const error = await refusal({ service: noTcp, workspace: workspace({ spec: { ports: udpOnly } }) });
    expect(error.code).toBe('unsupported');
    expect(error.remedy).toMatch(/under "expose", or set AGENT_HOST/);
  });

  test('an AGENT_HOST from a Secret is known in the pod only, and that is said', async () => {
    const secret = { name: 'AGENT_HOST', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } };
    const { steps } = await resolution({
      service: noTcp,
      workspace: workspace({ spec: { ports: udpOnly, env: [secret] } }),
    });
    expect(steps.map(({ why }) => why).join(' ')).toContain('known in the pod only');
  });
});

function nas(names: Record<string, string[]> = { 'nas.example': ['10.9.9.9'] }): Pick<Cluster, 'rules' | 'names'> {
  return { rules: { configured: [{ host: 'nas.example', port: undefined }], allowAny: false }, names };
}

describe('a target', () => {
  const to = (host: string, number = 80): Pick<Cluster, 'ask'> => ({ ask: { kind: 'target', host, port: number } });

  test.each<[string, Partial<Cluster>, Partial<ProxyTarget>]>([
    ['a Service beside the workspaces', { ...withDb, ...to('db') }, ofDb],
    ['with its namespace', { ...withDb, ...to('db.ns') }, ofDb],
    ['as a Service', { ...withDb, ...to('db.ns.svc') }, ofDb],
    ['by its whole name', { ...withDb, ...to('db.ns.svc.cluster.local') }, ofDb],
    ['by its address', { ...withDb, ...to('10.43.0.9') }, ofDb],
    [
      'in another namespace',
      { ...to('db.other'), others: [elsewhere(db)], otherPods: [elsewhere(dbPod)] },
      { ...ofDb, namespace: 'other' },
    ],
    ['a pod by its name', { ...to('db-0', 5432), otherPods: [dbPod] }, { pod: 'db-0', port: 5432 }],
    ['behind a headless Service', { ...to('db-0.db.ns.svc.cluster.local', 5432), otherPods: [dbPod] }, { pod: 'db-0' }],
    [
      'by its address',
      { ...to('10.42.0.7', 5432), otherPods: [{ ...dbPod, status: { ...dbPod.status, podIP: '10.42.0.7' } }] },
      { pod: 'db-0', port: 5432 },
    ],
    [
      'by its name in DNS',
      {
        ...to('10-42-0-7.ns.pod.cluster.local'),
        otherPods: [{ ...dbPod, status: { ...dbPod.status, podIP: '10.42.0.7' } }],
      },
      { pod: 'db-0', port: 80 },
    ],
    ['a workspace, on any port', to(id, 5173), { pod: 'p', port: 5173, workspace: id }],
    [
      'what is configured, with its own name for Host and SNI',
      { ...to('nas.example', 443), ...nas() },
      {
        kind: 'direct',
        host: 'nas.example',
        address: '10.9.9.9',
        port: 443,
        scheme: 'https',
        serverName: 'nas.example',
      },
    ],
    [
      'the first address that may be asked',
      { ...to('nas.example'), ...nas({ 'nas.example': ['127.0.0.1', '10.9.9.8', '10.9.9.9'] }) },
      { kind: 'direct', address: '10.9.9.8' },
    ],
    [
      'an address of this machine that is written down as such',
      { ...to('127.0.0.1', 9000), rules: { configured: [{ host: '127.0.0.1', port: 9000 }], allowAny: false } },
      { kind: 'direct', address: '127.0.0.1', port: 9000 },
    ],
    [
      'anything, where anything is allowed',
      { ...to('example.com', 443), rules: { configured: [], allowAny: true }, names: { 'example.com': ['127.0.0.1'] } },
      { kind: 'direct', address: '127.0.0.1', port: 443, scheme: 'https' },
    ],
    [
      'also where it could be a Service of a namespace that is closed to us',
      {
        ...to('example.com', 80),
        rules: { configured: [], allowAny: true },
        names: { 'example.com': ['93.184.216.34'] },
        closed: ['com'],
      },
      { kind: 'direct', address: '93.184.216.34' },
    ],
  ])('%s', async (_what, change, expected) => {
    expect(await resolved(change)).toMatchObject(expected);
  });

  test.each<[string, Partial<Cluster>, string, RegExp]>([
    ['nobody knows', to('nobody'), 'forbidden', /no Service and no pod "nobody" in the namespace ns/],
    ['of the web', to('example.com'), 'forbidden', /"example" in the namespace com/],
    ['that can only be outside', to('www.example.com'), 'forbidden', /no Service and no pod that we may see/],
    ['on a port that its Service has not', { ...withDb, ...to('db', 81) }, 'bad_target', /no port 81. It has 80, 8443/],
    ['in a namespace closed to us', { ...to('db.other'), closed: ['other'] }, 'forbidden', /may not look into other/],
    ['on loopback', to('127.0.0.1'), 'forbidden', /loopback/],
    ['inside an IPv6 address', to('64:ff9b::7f00:1'), 'forbidden', /loopback/],
    ['called localhost', to('localhost'), 'forbidden', /not a target/],
    ['called a workspace’s origin', to('cs.localhost'), 'forbidden', /not a target/],
    ['that gives out credentials', to('169.254.169.254'), 'forbidden', /credentials/],
    ['at the API server’s address', to('10.1.0.1', 6443), 'forbidden', /API server/],
    ['at an address of ours', to('192.168.1.20'), 'forbidden', /this machine/],
    [
      'configured, whose name leads to loopback',
      { ...to('nas.example'), ...nas({ 'nas.example': ['::1'] }) },
      'forbidden',
      /loopback/,
    ],
    [
      'configured on another port',
      { ...to('nas.example', 81), rules: { configured: [{ host: 'nas.example', port: 80 }], allowAny: false } },
      'forbidden',
      /not a target/,
    ],
    ['configured, without an address', { ...to('nas.example'), ...nas({}) }, 'upstream_failed', /was not found/],
    [
      'that is ourselves, even where anything is allowed',
      { ...to('127.0.0.1', 8080), rules: { configured: [], allowAny: true } },
      'forbidden',
      /this very host/,
    ],
    [
      'without a selector, as the API server’s Service',
      { ...to('db'), others: [{ ...db, spec: { ports: [port(80)] } }] },
      'unsupported',
      /selects no pods/,
    ],
    ['without a pod', { ...to('db'), others: [db] }, 'not_ready', /no pod that is ready/],
    [
      'on the network of its node',
      { ...to('db'), others: [db], otherPods: [{ ...dbPod, spec: { containers: [], hostNetwork: true } }] },
      'forbidden',
      /network of its node/,
    ],
  ])('%s is refused', async (_what, change, code, message) => {
    const { error, steps } = await resolution(change);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(error?.remedy).toBeTruthy();
    // Who asks why is told of a rule that stood in the way, unless it was the cluster that refused.
    if (error?.code === 'forbidden' && !/may not look/.test(error.message) && !/node/.test(error.message))
      expect(steps.at(-1)?.outcome).toBe('refused');
  });
});

describe('the pod', () => {
  test('is the ready one, whatever else is there', async () => {
    const pods = [
      pod({ name: 'starting', ready: false, created: 9 }),
      pod({ name: 'going', deleted: true, created: 8 }),
      pod({ name: 'other', labels: { 'guildnet.io/id': 'other' }, created: 7 }),
      pod({ name: 'good', created: 1 }),
    ];
    expect(await resolved({ pods })).toEqual({
      namespace: 'ns',
      pod: 'good',
      podUid: 'uid-good',
      port: 8080,
      scheme: 'http',
      serverName: 'cs-12345.localhost',
      addresses: [],
      servicePort: 8080,
      workspace: id,
    });
  });

  test('is the newest of several', async () => {
    const pods = [pod({ name: 'a', created: 1 }), pod({ name: 'b', created: 2 })];
    expect(await resolved({ pods })).toMatchObject({ pod: 'b' });
  });

  test('may fail its probe for a while once the workspace has run', async () => {
    expect(await resolved({ pods: [pod({ ready: false })] })).toMatchObject({ pod: 'p' });
    expect((await refusal({ pods: [pod({ ready: false, started: false })] })).code).toBe('not_ready');
    const starting = workspace({ status: { phase: 'Starting' } });
    expect((await refusal({ pods: [pod({ ready: false })], workspace: starting })).code).toBe('not_ready');
  });

  test.each<[string, V1Pod]>([
    ['only carries the label', { ...pod(), metadata: { ...pod().metadata, ownerReferences: [] } }],
    ['belongs to another Deployment', pod({ owner: 'stranger-h' })],
    ['belongs to a Deployment of a longer name', pod({ owner: `${id}-x-h` })],
  ])('of a stranger is never it: one that %s', async (_what, stranger) => {
    expect((await refusal({ pods: [stranger] })).code).toBe('not_ready');
    const own = pod({ name: 'own' });
    const { metadata } = stranger;
    const newer = { ...stranger, metadata: { ...metadata, name: 'stranger', creationTimestamp: new Date(99) } };
    expect(await resolved({ pods: [newer, own] })).toMatchObject({ pod: 'own' });
  });
});

describe('what cannot be reached', () => {
  const failing = {
    phase: 'Failed',
    lastError: { reason: 'ImagePull', message: 'No such image.', remedy: 'Check it.' },
  } as const;
  test.each([
    ['an unknown id', { workspace: undefined }, 'not_found', /no workspace "cs-12345"/, expect.any(String)],
    ['one being deleted', { workspace: workspace({ deleted: true }) }, 'not_found', /being deleted/, undefined],
    ['a stopped one', { workspace: workspace({ spec: { running: false } }) }, 'not_ready', /is stopped/, 'Start it.'],
    [
      'a failed one',
      { workspace: workspace({ status: failing }), pods: [] },
      'not_ready',
      /No such image/,
      'Check it.',
    ],
    [
      'a new one',
      { workspace: workspace({ status: {} }), pods: [] },
      'not_ready',
      /starting \(Pending\)/,
      expect.any(String),
    ],
  ])('%s', async (_what, input, code, message, remedy) => {
    const error = await refusal(input);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(error.remedy).toEqual(remedy);
  });

  test('a stop is told as such before the status has followed, so that a page does not go on looking', async () => {
    const error = await refusal({ workspace: workspace({ spec: { running: false }, status: { phase: 'Starting' } }) });
    expect(error.details).toMatchObject({ phase: 'Stopped' });
  });
});
