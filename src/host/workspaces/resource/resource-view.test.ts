import { expect, test } from 'vitest';
import { workspaceResourceSchema } from '#contract/workspace-resource.ts';
import { deployment } from '../../operator/desired/deployment.ts';
import { operatorConfigSchema } from '../../operator/config.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { toResource } from './resource-view.ts';

const config = operatorConfigSchema.parse({});
const around = { deployment: undefined, server: undefined, url: 'https://ws.localhost:8080/' };

test('the spec is shown in Kubernetes’ words, and nothing of it that is secret', () => {
  const workspace = aWorkspace({
    env: [
      { name: 'A', value: '1' },
      { name: 'PASSWORD', value: 'opensesame' },
      { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
    ],
    args: ['--token=opensesame', 'serve'],
    running: false,
    ttl: '9h',
  });
  const failed = { reason: 'CrashLoop', message: 'it said opensesame' };
  const resource = toResource({ ...workspace, status: { phase: 'Stopped', lastError: failed } }, around);
  expect(JSON.stringify(resource)).not.toContain('opensesame');
  expect(resource).toMatchObject({
    id: 'ws',
    spec: {
      mode: 'Stopped',
      env: { A: '1' },
      env_hidden: ['PASSWORD', 'S'],
      args: ['--token=•••', 'serve'],
      ttl: '9h',
    },
    status: { phase: 'Stopped', url: around.url, failure: { reason: 'CrashLoop' }, conditions: [] },
  });
  expect(workspaceResourceSchema.parse(resource)).toMatchObject({ id: 'ws' });
});

test('one whose spec cannot be used is shown all the same', () => {
  const resource = toResource({ ...aWorkspace(), spec: { image: '' } }, around);
  expect(workspaceResourceSchema.safeParse(resource).success).toBe(true);
});

test('what waits for the next start is told while it runs', () => {
  const live = deployment(aWorkspace(), config);
  const told = (spec: object): boolean =>
    toResource(aWorkspace(spec), { ...around, deployment: live }).status.changed_from_next_start;
  expect([
    told({}),
    told({ image: 'other:1' }),
    told({ image: 'other:1', running: false }),
    told({ ttl: '1h' }),
  ]).toEqual([false, true, false, false]);
});
