import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, inject, onTestFinished, test, vi } from 'vitest';
import { hostEventSchema } from '#contract/events.ts';
import { GuildNetError } from '#contract/errors.ts';
import { namespaceTest } from '#test/namespace.ts';
import { brokenLine } from '#test/host/broken-line.ts';
import { startHost } from '#test/host/started-host.ts';
import type { LocalClusterPort } from './local-cluster-port.ts';

async function folder(): Promise<string> {
  const path = await mkdtemp(join(tmpdir(), 'guildnet-connection-'));
  onTestFinished(() => rm(path, { recursive: true }));
  return path;
}

namespaceTest(
  'an API server that goes away and comes back leaves the host working, without a restart',
  async ({ namespace }) => {
    await using line = await brokenLine(namespace.kubeconfigPath, await folder());
    await using started = await startHost({ kubeconfigPath: line.kubeconfigPath, namespace: namespace.name });
    await started.reached('online');
    const created = await started.ask('/api/jobs', { method: 'POST', body: { image: 'alpine', name: 'before' } });
    expect(created.status).toBe(202);

    await line.cut();
    const offline = await started.reached('offline');
    expect(offline.problem).toMatchObject({ code: 'cluster_offline', remedy: expect.any(String) as string });
    const refused = await started.ask('/api/servers');
    expect([refused.status, refused.json()]).toEqual([503, expect.objectContaining({ code: 'cluster_offline' })]);

    await line.mend();
    await started.reached('online');
    const again = await started.ask('/api/jobs', { method: 'POST', body: { image: 'alpine', name: 'after' } });
    expect(again.status).toBe(202);
    expect(((await started.ask('/api/servers')).json() as unknown[]).length).toBe(2);
  },
);

namespaceTest('who acts before the cluster is connected to waits for it, and is not refused', async ({ namespace }) => {
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  const body = { image: 'alpine', name: 'eager' };
  const created = await started.ask('/api/jobs', { method: 'POST', body });
  expect([created.status, created.json()]).toEqual([202, expect.objectContaining({ status: 'pending' })]);
});

namespaceTest('a cluster that is unreachable at first is connected to when it answers', async ({ namespace }) => {
  await using line = await brokenLine(namespace.kubeconfigPath, await folder());
  await line.cut();
  await using started = await startHost({ kubeconfigPath: line.kubeconfigPath, namespace: namespace.name });
  const offline = await started.reached('offline');
  expect(offline).toMatchObject({ source: 'kubeconfig', problem: { code: 'cluster_offline' } });
  await line.mend();
  const online = await started.reached('online');
  expect(online).toMatchObject({ namespace: namespace.name, version: expect.stringMatching(/^v1\./) as string });
  expect(online.problem).toBeUndefined();
});

test('a kubeconfig that does not parse is named, and used once it is mended', async () => {
  const path = join(await folder(), 'config');
  await writeFile(path, 'clusters: [');
  await using started = await startHost({ kubeconfigPath: path });
  const refused = await started.reached('refused');
  expect(refused.problem).toMatchObject({
    code: 'bad_config',
    message: expect.stringContaining(path) as string,
    remedy: expect.any(String) as string,
  });
  const answer = await started.ask('/api/servers');
  expect([answer.status, answer.json()]).toEqual([
    503,
    expect.objectContaining({ message: expect.stringContaining(path) as string }),
  ]);

  await writeFile(path, await readFile(inject('kubeconfigPath'), 'utf8'));
  expect((await started.ask('/api/cluster/retry', { method: 'POST' })).status).toBe(200);
  await started.reached('online');
});

test('credentials that the cluster does not accept are told as such', async () => {
  const path = join(await folder(), 'config');
  const text = await readFile(inject('kubeconfigPath'), 'utf8');
  await writeFile(
    path,
    text.replaceAll(/client-certificate(-data)?:.*/g, 'token: expired').replaceAll(/client-key(-data)?:.*/g, ''),
  );
  await using started = await startHost({ kubeconfigPath: path });
  const refused = await started.reached('refused');
  expect(refused.problem).toMatchObject({ code: 'cluster_unauthorized', remedy: expect.any(String) as string });
  const answer = await started.ask('/api/jobs', { method: 'POST', body: { image: 'alpine' } });
  expect([answer.status, answer.json()]).toEqual([503, expect.objectContaining({ code: 'cluster_unauthorized' })]);
  expect(started.lines.join('')).not.toContain('token: expired');
});

test.skipIf(process.platform === 'win32')(
  'a credential program that fails is left alone until a person asks, and runs once for everybody',
  async () => {
    const home = await folder();
    const admin = await readFile(inject('kubeconfigPath'), 'utf8');
    const data = (field: string): string => new RegExp(`${field}: *(\\S+)`).exec(admin)?.[1] ?? '';
    const pem = (field: string): string => Buffer.from(data(field), 'base64').toString('utf8');
    const given = {
      kind: 'ExecCredential',
      apiVersion: 'client.authentication.k8s.io/v1',
      status: { clientCertificateData: pem('client-certificate-data'), clientKeyData: pem('client-key-data') },
    };
    await writeFile(join(home, 'given'), JSON.stringify(given));
    const script =
      '#!/bin/sh\ncd "${0%/*}" && echo run >> runs && [ -e in ] && exec cat given\necho "log in first" >&2; exit 1\n';
    await writeFile(join(home, 'login'), script, { mode: 0o755 });
    const path = join(home, 'config');
    const exec = `exec: {apiVersion: ${given.apiVersion}, command: ./login, interactiveMode: Never}`;
    await writeFile(path, admin.replace(/client-certificate-data:.*/, exec).replace(/\n *client-key-data:.*/, ''));
    const runs = async (): Promise<number> => (await readFile(join(home, 'runs'), 'utf8')).trim().split('\n').length;

    await using started = await startHost({ kubeconfigPath: path });
    const refused = await started.reached('refused');
    expect(refused.problem).toMatchObject({ message: expect.stringContaining('log in first') as string });
    const failed = await runs();
    await writeFile(join(home, 'in'), '');
    expect((await started.ask('/api/cluster/retry', { method: 'POST' })).status).toBe(200);
    await started.reached('online');
    expect((await started.ask('/api/servers')).status).toBe(200);
    expect(await runs()).toBe(failed + 1);
  },
);

interface Calls {
  up: number;
  down: number;
}

function fakeLocalCluster(calls: Calls, started: boolean): LocalClusterPort {
  return {
    availability: () => ({ available: true }),
    async up({ report }) {
      calls.up += 1;
      report({ step: 'Starting', done: 1, total: 2, unit: 'parts' });
      return { kubeconfigPath: inject('kubeconfigPath'), started };
    },
    async down() {
      calls.down += 1;
    },
  };
}

test.each([
  ['started here is stopped with the host', true, 1],
  ['that ran before is left running', false, 0],
])('a local cluster %s', async (_what, startedHere, downs) => {
  const calls = { up: 0, down: 0 };
  const localPresets = [{ label: 'mine', image: 'local/mine:1' }];
  const started = await startHost({ localCluster: fakeLocalCluster(calls, startedHere), localPresets });
  const none = await started.reached('none');
  expect(none).toMatchObject({
    local: { available: true },
    problem: { code: 'no_cluster', remedy: expect.stringContaining('local cluster') as string },
  });
  const watch = await started.host.client.host.watch();
  await watch.next();
  const accepted = await started.ask('/api/cluster/local', { method: 'POST' });
  expect([accepted.status, accepted.json()]).toEqual([
    202,
    expect.objectContaining({ phase: 'building', source: 'local' }),
  ]);
  const phases: string[] = [];
  for await (const event of watch) {
    hostEventSchema.parse(event);
    // A new connection is told as a snapshot: everything known before is void.
    if (event.type === 'cluster' || event.type === 'snapshot') phases.push(event.cluster.phase);
    if (phases.at(-1) === 'online') break;
  }
  expect((await started.ask('/api/images')).json()).toEqual(localPresets);
  // Asking again changes nothing.
  await started.ask('/api/cluster/local', { method: 'POST' });
  expect(calls.up).toBe(1);
  await started[Symbol.asyncDispose]();
  expect(calls.down).toBe(downs);
});

test('source "local" builds at once; a failure says why and can be tried again', async () => {
  let fail = true;
  const calls = { up: 0, down: 0 };
  const working = fakeLocalCluster(calls, true);
  const localCluster: LocalClusterPort = {
    ...working,
    async up(options) {
      if (fail) throw new GuildNetError('internal', 'The disk is full.', { remedy: 'Make room.' });
      return working.up(options);
    },
  };
  await using started = await startHost({ source: 'local', localCluster });
  expect((await started.reached('none')).problem).toEqual({
    code: 'internal',
    message: 'The disk is full.',
    remedy: 'Make room.',
  });
  fail = false;
  await started.host.client.cluster.startLocal();
  await started.reached('online');
});

test('the local cluster is stopped when somebody asks for it, says how that goes, and is not stopped again with the host', async () => {
  const calls = { up: 0, down: 0 };
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>();
  const working = fakeLocalCluster(calls, true);
  const localCluster: LocalClusterPort = {
    ...working,
    async down(options) {
      await stopped;
      await working.down(options);
    },
  };
  await using started = await startHost({ source: 'local', localCluster });
  await started.reached('online');
  const accepted = await started.ask('/api/cluster/local/stop', { method: 'POST' });
  expect([accepted.status, accepted.json()]).toEqual([
    202,
    expect.objectContaining({ phase: 'none', progress: { step: 'Stopping the local cluster' } }),
  ]);
  expect((await started.ask('/api/servers')).json()).toMatchObject({ code: 'no_cluster' });
  stop();
  await vi.waitFor(async () => expect((await started.host.client.cluster.get()).progress).toBeUndefined());
  expect((await started.host.client.cluster.get()).problem?.message).toBe('No cluster is configured.');
  await started[Symbol.asyncDispose]();
  expect(calls).toEqual({ up: 1, down: 1 });
});

test('where no local cluster can run, asking for one says why and what to do', async () => {
  const localCluster: LocalClusterPort = {
    ...fakeLocalCluster({ up: 0, down: 0 }, true),
    availability: () => ({ available: false, reason: 'It needs root.', remedy: 'Type sudo guildnet serve --local.' }),
  };
  await using started = await startHost({ localCluster });
  expect((await started.reached('none')).local).toEqual({
    available: false,
    reason: 'It needs root.',
    remedy: 'Type sudo guildnet serve --local.',
  });
  const answer = await started.ask('/api/cluster/local', { method: 'POST' });
  expect([answer.status, answer.json()]).toEqual([
    501,
    expect.objectContaining({ code: 'unsupported', message: 'It needs root.' }),
  ]);
});
