import { describe, expect } from 'vitest';
import type { V1Pod } from '@kubernetes/client-node';
import { createLog } from '../../observability/log.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { aPod } from '#test/operator/objects.ts';
import { runOperator } from '#test/operator/operator.ts';
import type { TestOperator } from '#test/operator/operator.ts';
import { liveHome } from '../home/live-home.ts';
import { endOfLife } from './end-of-life.ts';

const soon = { timeoutMs: 20_000 };
const longAgo: V1Pod = aPod({ conditions: { Ready: 'True' }, created: '2020-01-01T00:00:00Z' });

/** Looks at `ws` as the operator would, which itself only watches here. */
async function look(operator: TestOperator, beforeWrite?: () => Promise<unknown>): Promise<number | undefined> {
  const { rest, namespace } = operator.kube;
  const workspace = operator.world.workspaces.get('ws');
  if (workspace === undefined) throw new Error('the workspace is not there yet');
  const json: typeof rest.json = async (method, path, options) => {
    if (method !== 'GET') await beforeWrite?.();
    return rest.json(method, path, options);
  };
  const context = {
    kube: { namespace, rest: { ...rest, json } },
    log: createLog({ level: 'silent' }),
    online: () => true,
    now: () => new Date(),
    signal: AbortSignal.timeout(20_000),
  };
  return endOfLife(context, workspace, [longAgo]);
}

async function idle(operator: TestOperator, active?: string): Promise<void> {
  await operator.create('ws', { image: 'a', idle: { stopAfter: '10m' } });
  if (active !== undefined) await use(operator, active);
  await waitUntil(() => operator.world.workspaces.get('ws') !== undefined, { what: 'the workspace', ...soon });
}

async function use(operator: TestOperator, at: string): Promise<void> {
  const path = `/apis/guildnet.io/v1alpha1/namespaces/${operator.kube.namespace}/workspaces/ws/status`;
  await operator.kube.rest.json('PATCH', path, {
    body: { status: { lastActivity: at } },
    contentType: 'application/merge-patch+json',
  });
}

async function specOf(operator: TestOperator): Promise<{ running: boolean | undefined; reason: string | undefined }> {
  const { workspace } = await liveHome(operator.kube, 'ws').readWorkspace();
  return { running: workspace?.spec.running, reason: workspace?.metadata.annotations?.['guildnet.io/stop-reason'] };
}

describe.concurrent('a workspace that nobody uses', () => {
  test('is stopped, with the reason written on it', async ({ namespace }) => {
    await using operator = await runOperator(namespace, { operate: false });
    await idle(operator, '2020-01-01T01:00:00Z');
    await look(operator);
    expect(await specOf(operator)).toEqual({
      running: false,
      reason: 'Idle: nobody has used it since 2020-01-01T01:00:00.000Z (idle.stopAfter 10m).',
    });
  });

  test('is not stopped when the copy has not heard of its latest use', async ({ namespace }) => {
    await using operator = await runOperator(namespace, { operate: false });
    await idle(operator);
    const stale = operator.world.workspaces.get('ws');
    await use(operator, new Date().toISOString());
    expect(stale?.status?.lastActivity).toBeUndefined();
    const again = await look(operator);
    expect(again).toBeGreaterThan(500_000);
    expect((await specOf(operator)).running).not.toBe(false);
  });

  test('is not stopped when it is used between the last look and the stop', async ({ namespace }) => {
    await using operator = await runOperator(namespace, { operate: false });
    await idle(operator);
    await look(operator, () => use(operator, new Date().toISOString()));
    expect((await specOf(operator)).running).not.toBe(false);
  });
});
