import { beforeAll, describe, expect } from 'vitest';
import { tryCommand } from '#local-cluster/run-command.ts';
import type { CommandResult } from '#local-cluster/run-command.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { testKubectl } from '#test/test-kubectl.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';

const image = 'guildnet.local/echo:1';
let program: string;

beforeAll(async () => {
  program = await testKubectl();
});

function kubectl(namespace: TestNamespace, args: readonly string[], input?: string): Promise<CommandResult> {
  const where = ['--kubeconfig', namespace.kubeconfigPath, '--namespace', namespace.name];
  return tryCommand(program, [...where, ...args], input === undefined ? {} : { input });
}

/** What the kubelet would report of the workspace's pod once it is ready; there is none on a control plane. */
async function makeReady(namespace: TestNamespace, operator: TestOperator): Promise<void> {
  const pod = await waitUntil(() => operator.world.pods.list()[0], { what: 'the pod', timeoutMs: 20_000 });
  const name = pod.metadata?.name ?? '';
  const started = new Date();
  const condition = { status: 'True', lastTransitionTime: started };
  await namespace.core.createNamespacedPodBinding({
    name,
    namespace: namespace.name,
    body: { metadata: { name }, target: { apiVersion: 'v1', kind: 'Node', name: 'node-7' } },
  });
  await namespace.core.patchNamespacedPodStatus({
    name,
    namespace: namespace.name,
    body: [
      {
        op: 'replace',
        path: '/status',
        value: {
          phase: 'Running',
          conditions: [
            { type: 'PodScheduled', ...condition },
            { type: 'ContainersReady', ...condition },
            { type: 'Ready', ...condition },
          ],
          containerStatuses: [
            {
              name: 'workspace',
              image,
              imageID: 'x',
              ready: true,
              started: true,
              restartCount: 0,
              state: { running: { startedAt: started } },
            },
          ],
        },
      },
    ],
  });
}

describe.concurrent('kubectl', () => {
  test('waits for Ready, and lists what matters', async ({ namespace }) => {
    await using operator = await runOperator(namespace);
    await operator.create('x', { image });
    const waiting = kubectl(namespace, ['wait', '--for=condition=Ready', 'ws/x', '--timeout=30s']);
    await makeReady(namespace, operator);
    expect(await waiting).toMatchObject({ code: 0, stdout: 'workspace.guildnet.io/x condition met\n' });
    const table = async (...args: string[]): Promise<string[][]> =>
      (await kubectl(namespace, ['get', 'ws', ...args])).stdout
        .trim()
        .split('\n')
        .map((line) => line.split(/\s{2,}/));
    const [header, row] = await table();
    expect(header).toEqual(['NAME', 'PHASE', 'READY', 'IMAGE', 'URL', 'AGE']);
    expect(row?.slice(0, 4)).toEqual(['x', 'Running', 'True', image]);
    const [wideHeader, wideRow] = await table('-o', 'wide');
    expect(wideHeader?.slice(-2)).toEqual(['NODE', 'REASON']);
    expect(wideRow?.at(-2)).toBe('node-7');
    // Nobody is there to end it, and the namespace would wait for that.
    await kubectl(namespace, ['delete', 'pod', '--all', '--grace-period=0', '--force']);
  });

  test('explains every field', async ({ namespace }) => {
    await using _operator = await runOperator(namespace, { operate: false });
    const explain = async (field: string): Promise<string> => (await kubectl(namespace, ['explain', field])).stdout;
    expect(await explain('workspace')).toContain('A dev machine');
    expect(await explain('ws.spec.home.size')).toMatch(/can grow, if its class can, and\s+never shrink/);
    expect(await explain('ws.spec.env.valueFrom.secretKeyRef.key')).toContain('The key whose value is taken');
    expect(await explain('ws.status.conditions.reason')).toContain('in one word for programs');
    expect(await explain('ws.spec')).not.toContain('<no description>');
  });

  test('tells what is wrong with a manifest', async ({ namespace }) => {
    await using _operator = await runOperator(namespace, { operate: false });
    const manifest = (spec: string): string =>
      `{apiVersion: guildnet.io/v1alpha1, kind: Workspace, metadata: {name: bad}, spec: ${spec}}`;
    for (const [spec, words] of [
      ['{image: a, exposure: {type: Ingress}}', 'an Ingress needs a domain'],
      ['{image: a, ports: [{containerPort: 0}]}', 'should be greater than or equal to 1'],
      ['{image: a, unknown: 1}', 'unknown field "spec.unknown"'],
    ] as const) {
      const applied = await kubectl(namespace, ['apply', '-f', '-'], manifest(spec));
      expect(applied.code).toBe(1);
      expect(applied.tail).toContain(words);
    }
  });
});
