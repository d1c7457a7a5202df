import { describe, expect, inject } from 'vitest';
import { labels } from '#contract/workspace.ts';
import { homeFinalizer } from '#contract/annotations.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { drift, withHash } from '#host/kube/apply.ts';
import { operatorConfigSchema } from '#host/operator/config.ts';
import { desired } from '#host/operator/desired/desired.ts';
import { runOperator } from '../operator/operator.ts';
import type { TestOperator } from '../operator/operator.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createRandom } from '../simulation/random.ts';
import { namespaceTest as test } from '../namespace.ts';
import type { TestNamespace } from '../create-namespace.ts';
import { spawnOperator } from '../operator-process.ts';
import type { OperatorProcess } from '../operator-process.ts';
import { noFaults, storm } from './fault-plan.ts';
import { startFaultProxy } from './fault-proxy.ts';

const names = ['one', 'two', 'three', 'four', 'five'] as const;
const managed = `${labels.managed}=true`;
const rounds = 30;
/** While an operator starts: its first watches are nearly all that it has, and each is as likely as not to be behind the others. */
const sluggish = { ...noFaults, late: 0.5 };
/** Short, so that a killed operator is soon replaced; a renewal and two tries of it have to fit in. */
const timing = { leaseMs: 6_000, renewMs: 4_000, retryMs: 500 };

function aSpec(turn: number): WorkspaceSpec {
  return {
    image: turn % 3 === 0 ? 'codercom/code-server:4.1' : `guildnet.local/echo:${turn}`,
    running: turn % 4 !== 0,
    home: { size: '1Gi' },
    env: [{ name: 'TURN', value: String(turn) }],
  };
}

/** Uids of the homes by the claim's name; a home that was lost and made anew has another one. */
async function homesOf(namespace: TestNamespace): Promise<Map<string, string>> {
  const { items } = await namespace.core.listNamespacedPersistentVolumeClaim({
    namespace: namespace.name,
    labelSelector: managed,
  });
  return new Map(items.map(({ metadata }) => [metadata?.name ?? '', metadata?.uid ?? '']));
}

/** What is not yet as it shall be, in words; from the API server itself, and not from anybody's copy. */
async function shortcomings(namespace: TestNamespace, observer: TestOperator): Promise<string[]> {
  const where = { namespace: namespace.name, labelSelector: managed };
  const [deployments, services, secrets] = await Promise.all([
    namespace.apps.listNamespacedDeployment(where),
    namespace.core.listNamespacedService(where),
    namespace.core.listNamespacedSecret(where),
  ]);
  const workspaces = observer.world.workspaces.list();
  const owned = [...deployments.items, ...services.items, ...secrets.items];
  const uids = new Set(workspaces.map(({ metadata }) => metadata.uid));
  const found = owned.flatMap(({ metadata }) =>
    uids.has(metadata?.ownerReferences?.[0]?.uid ?? '') ? [] : [`${metadata?.name ?? ''} is an orphan`],
  );
  for (const workspace of workspaces) {
    const { name, generation, deletionTimestamp } = workspace.metadata;
    if (deletionTimestamp !== undefined) found.push(`${name} is still there`);
    if (workspace.status?.observedGeneration !== generation) found.push(`the status of ${name} is old`);
    const wanted = desired(workspace, operatorConfigSchema.parse({}));
    const live = deployments.items.filter(
      ({ metadata }) => metadata?.ownerReferences?.[0]?.uid === workspace.metadata.uid,
    );
    if (live.length !== 1) found.push(`${name} has ${live.length} Deployments`);
    for (const one of live) {
      const path = drift(withHash(wanted.deployment), one);
      if (path !== undefined) found.push(`the Deployment of ${name} differs at ${path}`);
    }
  }
  if (services.items.length !== workspaces.length)
    found.push(`${services.items.length} Services for ${workspaces.length} workspaces`);
  return found;
}

describe.concurrent('through a connection on which everything goes wrong', () => {
  test.for([1, 2])(
    'launches, edits, deletes and restarts converge, and no home is lost (seed %d)',
    async (seed, { namespace }) => {
      const random = createRandom(seed);
      await using proxy = await startFaultProxy(inject('kubeconfigPath'), seed);
      // This one sees the cluster as it is, and does what people do.
      await using people = await runOperator(namespace, { operate: false });
      const first = new Map<string, string>();
      const remember = async (): Promise<void> => {
        for (const [name, uid] of await homesOf(namespace)) if (!first.has(name)) first.set(name, uid);
      };
      const start = (): Promise<OperatorProcess> =>
        spawnOperator({ kubeconfigPath: proxy.kubeconfigPath, name: namespace.name }, timing);
      proxy.rates = sluggish;
      let operator = await start();
      try {
        proxy.rates = storm;
        for (let round = 1; round <= rounds; round += 1) {
          const name = random.pick(names);
          const there = people.world.workspaces.get(name);
          if (there === undefined) await people.create(name, aSpec(round)).catch(alreadyThere);
          else if (there.metadata.deletionTimestamp === undefined) {
            if (random.chance(0.3)) await people.remove(name);
            else await people.patch(name, aSpec(round));
          }
          await remember();
          if (round === rounds / 2) {
            // Killed in the middle of whatever it does; the next one waits for its lease to run out.
            operator.signal('SIGKILL');
            await operator.ended();
            proxy.rates = sluggish;
            operator = await start();
            proxy.rates = storm;
          }
          // The next comes when something of it has been seen, or soon: haste is part of the test.
          const writes = operator.writes.length;
          await waitUntil(() => operator.writes.length > writes, { what: 'a write', timeoutMs: 700 }).catch(
            () => undefined,
          );
        }
        proxy.rates = noFaults;
        await waitUntil(async () => (await shortcomings(namespace, people)).length === 0, {
          what: 'everything to be as it shall be',
          timeoutMs: 90_000,
          intervalMs: 250,
          explain: async () => (await shortcomings(namespace, people)).join('\n'),
        });
        await remember();
        expect(await homesOf(namespace)).toEqual(first);
        expect(proxy.suffered).toMatchObject({
          drop: expect.toSatisfy(some),
          answer: expect.toSatisfy(some),
          late: expect.toSatisfy(some),
        });
        for (const { metadata } of people.world.workspaces.list()) await people.remove(metadata.name);
        await waitUntil(() => people.world.workspaces.list().length === 0, {
          what: `${homeFinalizer} to be taken off`,
          timeoutMs: 30_000,
        });
      } finally {
        await operator[Symbol.asyncDispose]();
      }
    },
  );
});

function some(count: number): boolean {
  return count > 0;
}

function alreadyThere(error: unknown): string {
  if (String(error).includes('409')) return 'there';
  throw error;
}
