import type { V1Deployment, V1Pod, V1Service } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import { serverSchema } from '#contract/server.ts';
import type { Workspace } from '#contract/workspace.ts';
import { toServer } from './server-view.ts';
import type { LiveObjects } from './server-view.ts';

const nothing: LiveObjects = { deployment: undefined, service: undefined, pod: undefined };
const ideUrl = (id: string, port?: number): string =>
  `https://${port === undefined ? '' : `${String(port)}--`}${id}.localhost:8080/`;

function workspace(
  change: { spec?: Partial<Workspace['spec']>; status?: Workspace['status']; deleted?: boolean } = {},
): Workspace {
  return {
    metadata: {
      name: 'cs-12345',
      namespace: 'ns',
      uid: 'u',
      resourceVersion: '1',
      creationTimestamp: new Date(0),
      ...(change.deleted === true ? { deletionTimestamp: new Date(1) } : {}),
    },
    spec: { image: 'i', ...change.spec },
    ...(change.status === undefined ? {} : { status: change.status }),
  };
}

const ready: V1Deployment = { status: { readyReplicas: 1 } };

test('a new workspace shows what is known, and nothing that is not', () => {
  const server = toServer(workspace(), nothing, { ideUrl, use: undefined });
  expect(server).toEqual({
    id: 'cs-12345',
    name: 'cs-12345',
    image: 'i',
    status: 'pending',
    phase: 'Pending',
    created_at: '1970-01-01T00:00:00.000Z',
    updated_at: '1970-01-01T00:00:00.000Z',
    ide_url: 'https://cs-12345.localhost:8080/',
  });
});

test.each([
  ['Pending', undefined, 'pending', 'Pending'],
  ['Starting', ready, 'running', 'Running'],
  ['Running', ready, 'running', 'Running'],
  ['Failed', undefined, 'failed', 'Failed'],
  ['Failed', ready, 'failed', 'Failed'],
  ['Stopped', undefined, 'stopped', 'Stopped'],
] as const)('phase %s with deployment %o is %s', (phase, deployment, status, shown) => {
  expect(
    toServer(workspace({ status: { phase } }), { ...nothing, deployment }, { ideUrl, use: undefined }),
  ).toMatchObject({
    status,
    phase: shown,
  });
});

test('one being deleted is on its way out, whatever the operator last wrote', () => {
  expect(
    toServer(workspace({ deleted: true, status: { phase: 'Running' } }), nothing, { ideUrl, use: undefined }),
  ).toMatchObject({
    status: 'stopped',
    phase: 'Terminating',
  });
});

test('everything else is taken from the live objects', () => {
  const service: V1Service = {
    spec: {
      ports: [
        { port: 8080, name: 'http', targetPort: 3000 },
        { port: 53, protocol: 'UDP' },
      ],
    },
  };
  const own = { name: 'workspace', image: 'i', imageID: 'i', ready: true, restartCount: 0 };
  const pod: V1Pod = {
    spec: { nodeName: 'node-1', containers: [] },
    status: { containerStatuses: [{ ...own, state: { running: { startedAt: new Date(2_000) } } }] },
  };
  const failure = { reason: 'ImagePull', message: 'No such image.' };
  const server = toServer(
    workspace({
      spec: {
        args: ['-x'],
        env: [
          { name: 'A', value: '1' },
          { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
        ],
        resources: { requests: { cpu: '1' }, limits: { cpu: '2', memory: '1Gi', 'nvidia.com/gpu': '1' } },
      },
      status: {
        phase: 'Failed',
        externalURL: 'https://out.example/',
        lastError: failure,
        conditions: [
          {
            type: 'Ready',
            status: 'False',
            reason: 'ImagePull',
            message: 'No such image.',
            lastTransitionTime: '2026-01-02T00:00:00Z',
          },
          {
            type: 'Scheduled',
            status: 'True',
            reason: 'Scheduled',
            message: '',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
    }),
    { deployment: undefined, service, pod },
    { ideUrl, use: undefined },
  );
  expect(server).toMatchObject({
    node: 'node-1',
    started_at: '1970-01-01T00:00:02.000Z',
    ports: [{ port: 8080, name: 'http', url: 'https://8080--cs-12345.localhost:8080/' }, { port: 53 }],
    resources: { cpu: '2', memory: '1Gi' },
    args: ['-x'],
    env: { A: '1' },
    events: ['Ready=False ImagePull: No such image.', 'Scheduled=True Scheduled'],
    url: 'https://out.example/',
    updated_at: '2026-01-02T00:00:00Z',
    failure,
  });
  expect(serverSchema.parse(server)).toEqual(server);
});

test('secrets of the environment stand nowhere in it', () => {
  const secret = 'hunter2-hunter2';
  const condition = { type: 'Ready', status: 'False', reason: 'X', message: `It said: ${secret}` } as const;
  const server = toServer(
    workspace({
      spec: {
        args: ['--password', secret, `--db=${secret}`],
        env: [
          { name: 'PASSWORD', value: secret },
          { name: 'API_TOKEN', value: `${secret}-2` },
          { name: 'DATABASE_URL', value: `postgres://me:${secret}@db/app` },
          { name: 'A', value: '1' },
        ],
      },
      status: {
        phase: 'Failed',
        conditions: [{ ...condition, lastTransitionTime: '2026-01-01T00:00:00Z' }],
        lastError: { reason: 'CrashLoop', message: `It printed: bad ${secret}-2.` },
      },
    }),
    nothing,
    { ideUrl, use: undefined },
  );
  expect(JSON.stringify(server)).not.toContain('hunter2');
  expect(server).toMatchObject({
    env: { A: '1' },
    env_hidden: ['PASSWORD', 'API_TOKEN', 'DATABASE_URL'],
    args: ['--password', '•••', '--db=•••'],
    failure: { message: 'It printed: bad •••.' },
    events: ['Ready=False X: It said: •••'],
  });
});

test('a failure that is over is not shown', () => {
  const status = { phase: 'Starting', lastError: { reason: 'x', message: 'y' } } as const;
  const deployment = { status: { readyReplicas: 1 } };
  expect(
    toServer(workspace({ status }), { ...nothing, deployment }, { ideUrl, use: undefined }).failure,
  ).toBeUndefined();
});
