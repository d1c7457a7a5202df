import type { V1Pod, V1Service, V1ServicePort } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import type { Workspace } from '#contract/workspace.ts';
import { resolveTarget } from './resolve.ts';
import type { ResolveInput } from './resolve.ts';

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
}

function pod({ name = 'p', ready = true, started = true, deleted = false, created = 0, labels }: PodRow = {}): V1Pod {
  return {
    metadata: {
      name,
      uid: `uid-${name}`,
      creationTimestamp: new Date(created),
      labels: labels ?? { 'guildnet.io/id': id },
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

const service = (...ports: V1ServicePort[]): V1Service => ({ spec: { ports } });
const port = (number: number, rest: Partial<V1ServicePort> = {}): V1ServicePort => ({ port: number, ...rest });

function resolved(input: Partial<ResolveInput>) {
  return resolveTarget({
    ask: { kind: 'server', id },
    workspace: workspace(),
    service: service(port(8080)),
    pods: [pod()],
    ...input,
  });
}

function refusal(input: Partial<ResolveInput>): GuildNetError {
  try {
    resolved(input);
  } catch (error) {
    if (error instanceof GuildNetError) return error;
    throw error;
  }
  throw new Error('resolved');
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
  ])('%s', (_what, ports, expected) => {
    expect(resolved({ service: service(...ports) })).toMatchObject(expected);
  });

  test("comes from the workspace's spec while there is no Service", () => {
    const input = { service: undefined, workspace: workspace({ spec: { ports: [{ containerPort: 8888 }] } }) };
    expect(resolved(input)).toMatchObject({ port: 8888 });
  });

  test.each([
    ['none at all', service()],
    ['a name that no container has', service(port(8080, { targetPort: 'nope' }))],
  ])('%s is unsupported', (_what, only) => {
    expect(refusal({ service: only }).code).toBe('unsupported');
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
  ])('%s', (_what, asked, expected) => {
    expect(resolved({ ask: asked, service: ports })).toMatchObject(expected);
    if (asked.port === 5173) expect(resolved({ ask: asked, service: service() })).toMatchObject(expected);
  });
});

describe('the pod', () => {
  test('is the ready one, whatever else is there', () => {
    const pods = [
      pod({ name: 'starting', ready: false, created: 9 }),
      pod({ name: 'going', deleted: true, created: 8 }),
      pod({ name: 'other', labels: { 'guildnet.io/id': 'other' }, created: 7 }),
      pod({ name: 'good', created: 1 }),
    ];
    expect(resolved({ pods })).toEqual({
      namespace: 'ns',
      pod: 'good',
      podUid: 'uid-good',
      port: 8080,
      scheme: 'http',
      addresses: [],
      servicePort: 8080,
    });
  });

  test('is the newest of several', () => {
    expect(resolved({ pods: [pod({ name: 'a', created: 1 }), pod({ name: 'b', created: 2 })] }).pod).toBe('b');
  });

  test('may fail its probe for a while once the workspace has run', () => {
    expect(resolved({ pods: [pod({ ready: false })] }).pod).toBe('p');
    expect(refusal({ pods: [pod({ ready: false, started: false })] }).code).toBe('not_ready');
    expect(
      refusal({ pods: [pod({ ready: false })], workspace: workspace({ status: { phase: 'Starting' } }) }).code,
    ).toBe('not_ready');
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
  ])('%s', (_what, input, code, message, remedy) => {
    const error = refusal(input);
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) as string });
    expect(error.remedy).toEqual(remedy);
  });
});

test('a stop is told as such before the status has followed, so that a page does not go on looking', () => {
  const error = refusal({ workspace: workspace({ spec: { running: false }, status: { phase: 'Starting' } }) });
  expect(error.details).toMatchObject({ phase: 'Stopped' });
});
