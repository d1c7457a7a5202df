import type { V1Pod } from '@kubernetes/client-node';
import { expect, test } from 'vitest';
import type { Workspace } from '#contract/workspace.ts';
import { obstacleOf } from './obstacle.ts';
import type { ObstacleFacts } from './obstacle.ts';

const id = 'ws';
const workspace = (spec: Partial<Workspace['spec']> = {}, more: Partial<Workspace> = {}): Workspace => ({
  metadata: { name: id, namespace: 'dev', uid: 'u', resourceVersion: '1' },
  spec: { image: 'a', ...spec },
  ...more,
});
const ready: V1Pod = {
  metadata: {
    name: 'p',
    labels: { 'guildnet.io/id': id, 'pod-template-hash': 'h' },
    ownerReferences: [{ apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${id}-h`, uid: 'r', controller: true }],
  },
  status: { conditions: [{ type: 'Ready', status: 'True' }] },
};
const agent = { env: [{ name: 'AGENT_HOST', value: 'nas:8080' }] };

test.each<[what: string, facts: Partial<ObstacleFacts>, phase: string | undefined]>([
  ['it is there', { pods: [ready] }, undefined],
  ['there is none', { workspace: undefined }, undefined],
  [
    'it is being deleted',
    { workspace: workspace({}, { metadata: { ...workspace().metadata, deletionTimestamp: '2026-01-01T00:00:00Z' } }) },
    undefined,
  ],
  ['it has no pod yet', {}, 'Pending'],
  [
    'it was running, and its pod is being replaced',
    { workspace: workspace({}, { status: { phase: 'Running' } }) },
    'Running',
  ],
  ['it is stopped', { workspace: workspace({ running: false }), pods: [ready] }, 'Stopped'],
  [
    'it was started, and the status has yet to follow',
    { workspace: workspace({}, { status: { phase: 'Stopped' } }) },
    'Pending',
  ],
  ['it has failed', { workspace: workspace({}, { status: { phase: 'Failed' } }) }, 'Failed'],
  ['its agent is elsewhere', { workspace: workspace(agent) }, undefined],
  [
    'its agent is elsewhere, but one port is asked for',
    { workspace: workspace(agent), ask: { kind: 'server', id, port: 3000 } },
    'Pending',
  ],
  ['its agent is elsewhere, but it has a Service', { workspace: workspace(agent), service: {} }, 'Pending'],
])('%s', (_what, facts, phase) => {
  const found = obstacleOf({
    ask: { kind: 'server', id },
    workspace: workspace(),
    service: undefined,
    pods: [],
    ...facts,
  });
  expect(found?.details['phase']).toBe(phase);
});

test('what a program printed before it failed is told without the secrets in it', () => {
  const failed = workspace(
    { env: [{ name: 'API_TOKEN', value: 'tok-1234567890' }] },
    {
      status: { phase: 'Failed', lastError: { reason: 'CrashLoop', message: 'It printed: bad token tok-1234567890' } },
    },
  );
  expect(obstacleOf({ ask: { kind: 'server', id }, workspace: failed, service: undefined, pods: [] })?.message).toBe(
    'It printed: bad token •••',
  );
});
