import { describe, expect, inject } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createLog } from '../observability/log.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { ensureCrd } from '../operator/crd-install.ts';
import { connectKube } from './kube.ts';
import type { Kube } from './kube.ts';
import { createGate } from '#test/kube/gate.ts';
import type { Gate } from '#test/kube/gate.ts';
import { deriveKubeconfig } from '#test/kube/kubeconfig.ts';
import { createWorld } from './world.ts';
import type { World } from './world.ts';

const log = createLog({ level: process.env['TEST_LOG_LEVEL'] ?? 'silent', pretty: true });
const labels = { 'guildnet.io/managed': 'true' };

interface Setting extends AsyncDisposable {
  world: World;
  gate: Gate;
  states: string[];
  /** The path of every watch that was begun. */
  watched: string[];
}

/** A world that sees the API server through a gate; without `bookmarks` it gets none, as from a server that sends none. */
async function worldBehindGate(namespace: TestNamespace, { bookmarks = true } = {}): Promise<Setting> {
  const server = new URL(namespace.kubeConfig.getCurrentCluster()?.server ?? '');
  const gate = await createGate({ host: server.hostname, port: Number(server.port) });
  await using file = await deriveKubeconfig(inject('kubeconfigPath'), {
    cluster: { server: `https://127.0.0.1:${gate.port}` },
  });
  const kube = await connectKube({ kind: 'kubeconfig', path: file.path }, { namespace: namespace.name });
  await ensureCrd(kube, log);
  const watched: string[] = [];
  const stream: Kube['rest']['stream'] = (path, options) => {
    watched.push(path);
    const query = { ...options?.query, allowWatchBookmarks: bookmarks };
    return kube.rest.stream(path, { ...options, query });
  };
  const world = createWorld({ ...kube, rest: { ...kube.rest, stream } }, log);
  const states: string[] = [];
  world.onState((state) => states.push(state));
  world.start();
  await world.synced();
  return {
    world,
    gate,
    states,
    watched,
    async [Symbol.asyncDispose]() {
      await world.stop();
      kube.close();
      await gate[Symbol.asyncDispose]();
    },
  };
}

async function makeService(namespace: TestNamespace, name: string): Promise<void> {
  await namespace.core.createNamespacedService({
    namespace: namespace.name,
    body: { metadata: { name, labels }, spec: { ports: [{ port: 1 }] } },
  });
}

const names = (world: World): (string | undefined)[] => world.services.list().map((service) => service.metadata?.name);

describe.concurrent('the live view', () => {
  test('follows what is made, changed and deleted', async ({ namespace }) => {
    await using setting = await worldBehindGate(namespace);
    const { world, states } = setting;
    const changes: string[] = [];
    world.services.onChange(({ type, object }) => changes.push(`${type} ${object.metadata?.name ?? ''}`));
    await makeService(namespace, 'a');
    await waitUntil(() => world.services.get('a'), { what: 'a to appear', timeoutMs: 5_000 });
    await namespace.core.patchNamespacedService({
      name: 'a',
      namespace: namespace.name,
      body: [{ op: 'add', path: '/metadata/annotations', value: { startTime: 'x' } }],
    });
    await waitUntil(() => world.services.get('a')?.metadata?.annotations?.['startTime'] === 'x', {
      what: 'the change',
      timeoutMs: 5_000,
    });
    expect(world.services.get('a')?.metadata?.creationTimestamp).toBeInstanceOf(Date);
    await namespace.core.deleteNamespacedService({ name: 'a', namespace: namespace.name });
    await waitUntil(() => world.services.get('a') === undefined, { what: 'a to go', timeoutMs: 5_000 });
    expect(changes).toEqual(['upsert a', 'upsert a', 'delete a']);
    expect(states).toEqual(['online']);
  });

  test('goes offline and comes back with what it missed', async ({ namespace }) => {
    await using setting = await worldBehindGate(namespace);
    const { world, gate } = setting;
    await makeService(namespace, 'before');
    await waitUntil(() => world.services.get('before'), { what: 'the first Service', timeoutMs: 5_000 });
    gate.shut();
    await waitUntil(() => world.state === 'offline', { what: 'the outage to be noticed', timeoutMs: 5_000 });
    await namespace.core.deleteNamespacedService({ name: 'before', namespace: namespace.name });
    await makeService(namespace, 'during');
    gate.open();
    await waitUntil(() => world.state === 'online' && names(world).join() === 'during', {
      what: 'the world to be up to date',
      timeoutMs: 10_000,
    });
  });

  test('notices within 15 s that its connections are dead, also while they are being made', async ({ namespace }) => {
    await using setting = await worldBehindGate(namespace);
    setting.gate.freeze();
    await makeService(namespace, 'unseen');
    await waitUntil(() => setting.world.services.get('unseen'), { what: 'the missed event', timeoutMs: 15_000 });
  });

  test('notices within 15 s that a watch has gone silent', async ({ namespace }) => {
    await using setting = await worldBehindGate(namespace);
    const { world, gate } = setting;
    await makeService(namespace, 'seen');
    await waitUntil(() => world.services.get('seen'), { what: 'the watch', timeoutMs: 5_000 });
    gate.freeze();
    await makeService(namespace, 'unseen');
    await waitUntil(() => world.services.get('unseen'), { what: 'the missed event', timeoutMs: 15_000 });
  });

  test('stays online where nothing happens and no bookmark comes', async ({ namespace }) => {
    await using setting = await worldBehindGate(namespace, { bookmarks: false });
    const { states, watched } = setting;
    const renewed = (): boolean =>
      ['/services', '/workspaces'].every((end) => watched.filter((path) => path.endsWith(end)).length > 2);
    await waitUntil(renewed, { what: 'two renewals', timeoutMs: 60_000 });
    expect(states).toEqual(['online']);
  });

  test('keeps its watches through renewals without an outage', async ({ namespace }) => {
    await using setting = await worldBehindGate(namespace);
    const { world, states, watched } = setting;
    const services = (): number => watched.filter((path) => path.endsWith('/services')).length;
    await waitUntil(() => services() > 2, { what: 'two renewals', timeoutMs: 40_000 });
    await makeService(namespace, 'late');
    await waitUntil(() => world.services.get('late'), { what: 'the late Service', timeoutMs: 5_000 });
    expect(states).toEqual(['online']);
  });

  test('ends without leaving a socket', async ({ namespace }) => {
    const setting = await worldBehindGate(namespace);
    await setting[Symbol.asyncDispose]();
    expect(setting.world.services.list()).toEqual([]);
  });
});
