import { describe, expect } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { brokenLine } from '#test/host/broken-line.ts';
import { temporaryKubeconfig } from '#test/kube/kubeconfig.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { namespaceRules } from '../rbac-rules.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';
import { defaultTiming } from './election.ts';
import { spawnOperator } from '#test/operator-process.ts';
import type { OperatorProcess } from '#test/operator-process.ts';

const image = 'guildnet.local/echo:1';
/** For what would take too long with the real one; in the same proportions. */
const quick = { leaseMs: 6_000, renewMs: 4_000, retryMs: 500 };
/** How long anything may take that does not have to wait for a lease to run out. */
const soonMs = 30_000;

async function leaderOf(hosts: readonly OperatorProcess[], timeoutMs: number): Promise<OperatorProcess> {
  return waitUntil(() => hosts.find(({ leads }) => leads), { what: 'a leader', timeoutMs });
}

/** An operator that only looks on: what makes and watches workspaces. */
async function onlooker(namespace: TestNamespace): Promise<TestOperator> {
  return runOperator(namespace, { operate: false });
}

async function reconciled(client: TestOperator, name: string): Promise<void> {
  const upToDate = (): boolean => {
    const workspace = client.world.workspaces.get(name);
    return workspace?.status?.observedGeneration === workspace?.metadata.generation && workspace !== undefined;
  };
  await waitUntil(upToDate, { what: `${name} to be reconciled`, timeoutMs: soonMs });
}

describe.concurrent('of several hosts on one namespace', () => {
  test('exactly one reconciles; a clean stop and a kill are both followed by another', async ({ namespace }) => {
    await using client = await onlooker(namespace);
    await using a = await spawnOperator(namespace, defaultTiming);
    await using b = await spawnOperator(namespace, defaultTiming);
    await using c = await spawnOperator(namespace, defaultTiming);
    const all = [a, b, c];
    const writers = (): OperatorProcess[] => all.filter(({ writes }) => writes.length > 0);
    const first = await leaderOf(all, soonMs);
    for (const name of ['one', 'two', 'three']) await client.create(name, { image });
    for (const name of ['one', 'two', 'three']) await reconciled(client, name);
    expect(writers()).toEqual([first]);
    expect(all.filter(({ leads }) => leads)).toEqual([first]);

    first.signal('SIGTERM');
    await first.ended();
    const rest = all.filter((one) => one !== first);
    // Sooner than any lease runs out: it was handed over.
    const second = await leaderOf(rest, defaultTiming.renewMs);
    await client.create('four', { image });
    await reconciled(client, 'four');

    second.signal('SIGKILL');
    await second.ended();
    await leaderOf(
      rest.filter((one) => one !== second),
      defaultTiming.leaseMs + soonMs,
    );
    await client.create('five', { image });
    await reconciled(client, 'five');
    expect(writers()).toHaveLength(3);
  });

  test('a frozen one is replaced, and writes nothing when it wakes', async ({ namespace }) => {
    await using client = await onlooker(namespace);
    const names = Array.from({ length: 12 }, (_, index) => `w${String(index)}`);
    for (const name of names) await client.create(name, { image });
    // In the middle of its work.
    await using frozen = await spawnOperator(namespace, quick, { freezeAfterWrites: 3 });
    await leaderOf([frozen], soonMs);
    await waitUntil(() => frozen.writes.length > 2, { what: 'its first writes', timeoutMs: soonMs });
    await using other = await spawnOperator(namespace, quick);
    await leaderOf([other], quick.leaseMs + soonMs);
    for (const name of names) await reconciled(client, name);
    expect(frozen.writes).toHaveLength(3);
    // What it will see first when it wakes are changes to act upon.
    for (const name of names) await client.patch(name, { env: [{ name: 'AFTER', value: '1' }] });
    frozen.signal('SIGCONT');
    await waitUntil(() => !frozen.leads, { what: 'it to know better', timeoutMs: soonMs });
    for (const name of names) await reconciled(client, name);
    expect(frozen.writes).toHaveLength(3);
    expect(other.leads).toBe(true);
    // It follows, and takes over when asked to.
    other.signal('SIGTERM');
    await other.ended();
    await leaderOf([frozen], soonMs);
  });

  test('one that is cut off stops before another begins, and nothing else of it ends', async ({ namespace }) => {
    await using folder = await temporaryKubeconfig('');
    await using line = await brokenLine(namespace.kubeconfigPath, folder.folder);
    await using away = await runOperator({ ...namespace, kubeconfigPath: line.kubeconfigPath }, { timing: quick });
    await waitUntil(() => away.leadership.self, { what: 'the first leader', timeoutMs: soonMs });
    await using here = await runOperator(namespace, { timing: quick });
    await here.create('early', { image });
    await reconciled(here, 'early');
    expect(here.writes).toEqual([]);
    await line.cut();
    await waitUntil(
      () => {
        expect(away.leadership.self && here.leadership.self).toBe(false);
        return here.leadership.self;
      },
      { what: 'the other one to lead', timeoutMs: quick.leaseMs + soonMs, intervalMs: 5 },
    );
    expect(away.leadership.self).toBe(false);
    expect(away.world.workspaces.list()).toHaveLength(1);
    await line.mend();
    await here.create('late', { image });
    await waitUntil(() => away.world.workspaces.get('late')?.status, {
      what: 'the one that was cut off to see again',
      timeoutMs: soonMs,
    });
    const holder = here.leadership.holder;
    await waitUntil(() => away.leadership.holder === holder, { what: 'it to know who leads', timeoutMs: soonMs });
    expect(away.leadership).toEqual({ self: false, holder });
  });

  test('one without the right to the lease says which, and leaves the work to others', async ({ namespace }) => {
    const everythingElse = [
      { apiGroups: ['guildnet.io', 'apps', '', 'networking.k8s.io'], resources: ['*'], verbs: ['*'] },
    ];
    await using limited = await limitedKubeconfig(namespace, everythingElse);
    await using denied = await runOperator({ ...namespace, kubeconfigPath: limited.path });
    await waitUntil(() => denied.leadership.problem, { what: 'the problem', timeoutMs: soonMs });
    expect(denied.leadership).toMatchObject({ self: false, problem: { code: 'forbidden' } });
    expect(denied.leadership.problem?.message).toMatch(/get leases\.coordination\.k8s\.io .* does not reconcile/);
    expect(denied.leadership.problem?.remedy).toContain('resources: ["leases"]');
    await using other = await runOperator(namespace);
    await other.create('alone', { image });
    await reconciled(other, 'alone');
    expect(denied.writes).toEqual([]);
    expect(denied.stats.reconciled).toBe(0);
  });

  test('one whose namespace is missing says so, and takes part once it is there', async ({ namespace }) => {
    const name = `${namespace.name}-later`;
    await using early = await runOperator({ ...namespace, name });
    await waitUntil(() => early.leadership.problem, { what: 'the problem', timeoutMs: soonMs });
    expect(early.leadership.problem).toMatchObject({ code: 'not_found' });
    expect(early.leadership.problem?.message).toMatch(/namespaces "t-.*-later" not found.*does not reconcile/);
    expect(early.leadership.problem?.remedy).toContain(`kubectl create namespace ${name}`);
    await namespace.core.createNamespace({ body: { metadata: { name } } });
    try {
      await waitUntil(() => early.leadership.self, { what: 'to lead', timeoutMs: soonMs });
      expect(early.leadership.problem).toBeUndefined();
    } finally {
      await namespace.core.deleteNamespace({ name });
    }
  });

  test('the rights that `guildnet rbac` names are enough', async ({ namespace }) => {
    await using limited = await limitedKubeconfig(namespace, namespaceRules);
    await using client = await onlooker(namespace);
    await using operator = await runOperator({ ...namespace, kubeconfigPath: limited.path });
    await client.create('modest', { image });
    await reconciled(client, 'modest');
    expect(operator.leadership).toMatchObject({ self: true });
    expect(operator.leadership.problem).toBeUndefined();
  });
});
