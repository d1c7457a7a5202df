import { describe, expect, test } from 'vitest';
import type { Workspace } from '#contract/workspace.ts';
import { currentPod, standingOf } from './standing.ts';
import type { Observed } from './standing.ts';
import { statusOf as statusFor } from './status.ts';
import { statusDiffers } from './status-writer.ts';
import { aDeployment, aPod, aWorkspace, waiting } from '#test/operator/objects.ts';

const now = new Date('2026-06-01T12:00:00.500Z');
const statusOf = (observed: Observed, at: Date) => statusFor(observed, standingOf(observed, at), at);
const service = { metadata: { name: 'ws' }, spec: { clusterIP: '10.96.0.7' } };
const ready = aPod({
  conditions: { PodScheduled: 'True', Ready: 'True' },
  container: { imageID: 'sha', ready: true, state: { running: {} } },
});
const starting = aPod({
  conditions: { PodScheduled: 'True', Ready: 'False' },
  container: waiting('ContainerCreating'),
});
const broken = aPod({ conditions: { PodScheduled: 'True' }, container: waiting('ErrImagePull', 'not found') });
const failure = { reason: 'NameTaken', message: 'm', remedy: 'r' };

describe('the phase', () => {
  test.for([
    ['Pending', 'before there is anything', { workspace: aWorkspace(), pods: [] }],
    ['Pending', 'before the pod has a node', { workspace: aWorkspace(), deployment: aDeployment(), pods: [aPod()] }],
    ['Starting', 'on a node', { workspace: aWorkspace(), deployment: aDeployment(), pods: [starting] }],
    ['Running', 'when the pod is ready', { workspace: aWorkspace(), deployment: aDeployment(), pods: [ready] }],
    [
      'Starting',
      'while a change has not reached the Deployment controller',
      { workspace: aWorkspace(), deployment: { ...aDeployment(), metadata: { generation: 2 } }, pods: [ready] },
    ],
    ['Failed', 'when the pod cannot run', { workspace: aWorkspace(), deployment: aDeployment(), pods: [broken] }],
    ['Failed', 'when we could not do our part', { workspace: aWorkspace(), pods: [ready], failure }],
    [
      'Stopped',
      'when it shall not run',
      { workspace: aWorkspace({ running: false }), deployment: aDeployment(), pods: [] },
    ],
    [
      'Stopped',
      'also while its pod is still ending',
      { workspace: aWorkspace({ running: false }), deployment: aDeployment(), pods: [broken] },
    ],
    [
      'Terminating',
      'when it is being deleted, whatever else',
      { workspace: aWorkspace({}, { deletionTimestamp: 'x' }), pods: [broken], failure },
    ],
  ] as const)('%s %s', ([phase, , observed]) =>
    expect(standingOf({ ...observed, pods: [...observed.pods] }, now).phase).toBe(phase),
  );
});

test('the pod that counts is the newest that stays', () => {
  const pods = [
    aPod({ name: 'old', created: '2026-01-01T00:00:00Z' }),
    aPod({ name: 'new', created: '2026-01-02T00:00:00Z' }),
    aPod({ name: 'going', created: '2026-01-03T00:00:00Z', deleted: true }),
  ];
  expect(currentPod(pods)?.metadata?.name).toBe('new');
  expect(currentPod([])).toBeUndefined();
});

describe('the status', () => {
  const running = statusOf({ workspace: aWorkspace(), deployment: aDeployment(), service, pods: [ready] }, now);

  // Specification, "Operator Defaults & Hardening", Status.
  test('reports what lives', () => {
    expect(running).toMatchObject({
      phase: 'Running',
      readyReplicas: 1,
      serviceDNS: 'ws.dev.svc.cluster.local',
      serviceIP: '10.96.0.7',
      proxyTarget: 'http://ws.dev.svc.cluster.local:8080',
      podName: 'pod',
      observedGeneration: 1,
    });
    expect(running.lastError).toBeUndefined();
    expect(running.conditions?.map(({ type, status, reason }) => [type, status, reason])).toEqual([
      ['Ready', 'True', 'Serving'],
      ['Progressing', 'False', 'Settled'],
      ['Scheduled', 'True', 'Scheduled'],
      ['ImagePulled', 'True', 'Pulled'],
      ['Exposed', 'True', 'ClusterIP'],
    ]);
  });

  test('says why it does not run', () => {
    const status = statusOf({ workspace: aWorkspace(), deployment: aDeployment(), service, pods: [broken] }, now);
    expect(status.lastError).toMatchObject({ reason: 'ImageNotFound' });
    expect(status.conditions?.find((one) => one.type === 'Ready')).toMatchObject({
      status: 'False',
      reason: 'ImageNotFound',
      message: status.lastError?.message,
    });
    expect(status.conditions?.find((one) => one.type === 'ImagePulled')).toMatchObject({
      status: 'False',
      reason: 'ImageNotFound',
    });
  });

  test('has TLS in its target when only 8443 is there', () => {
    expect(
      statusOf({ workspace: aWorkspace({ ports: [{ containerPort: 8443 }] }), service, pods: [] }, now).proxyTarget,
    ).toBe('https://ws.dev.svc.cluster.local:8443');
  });

  test('times of conditions move only with their status', () => {
    const before: Workspace = { ...aWorkspace(), status: running };
    const later = new Date('2026-06-01T13:00:00Z');
    const same = statusOf({ workspace: before, deployment: aDeployment(), service, pods: [ready] }, later);
    expect(same).toEqual(running);
    expect(statusDiffers(same, before.status)).toBe(false);
    const broke = statusOf({ workspace: before, deployment: aDeployment(), service, pods: [broken] }, later);
    expect(broke.conditions?.find((one) => one.type === 'Ready')?.lastTransitionTime).toBe('2026-06-01T13:00:00Z');
    expect(broke.conditions?.find((one) => one.type === 'Scheduled')?.lastTransitionTime).toBe('2026-06-01T12:00:00Z');
  });
});

describe('whether it is written', () => {
  const status = statusOf({ workspace: aWorkspace(), deployment: aDeployment(), service, pods: [ready] }, now);
  const { phase: _phase, ...withoutPhase } = status;
  test.for([
    ['not when it is there', status, false],
    [
      'not for the fields and conditions of others',
      {
        ...status,
        lastActivity: '2026-01-01T00:00:00Z',
        conditions: [
          ...(status.conditions ?? []),
          {
            type: 'Theirs',
            status: 'True' as const,
            reason: 'x',
            message: '',
            lastTransitionTime: '2026-01-01T00:00:00Z',
          },
        ],
      },
      false,
    ],
    ['not for another order of conditions', { ...status, conditions: (status.conditions ?? []).toReversed() }, false],
    ['when there is none', undefined, true],
    ['when a field is missing', withoutPhase, true],
    ['when an error has gone', { ...status, lastError: failure }, true],
    ['when a condition of ours is too many', { ...status, conditions: [] }, true],
  ] as const)('%s', ([, live, differs]) =>
    expect(statusDiffers(status, live === undefined ? undefined : (structuredClone(live) as Workspace['status']))).toBe(
      differs,
    ),
  );
});

test('nothing of what a workspace’s Secret and its environment hold stands in its status', () => {
  const workspace = aWorkspace({ env: [{ name: 'API_TOKEN', value: 'from-the-environment' }] });
  const message = 'It said: from-the-environment, from-the-secret, changeme.';
  const status = statusOf({ workspace, pods: [], failure: { ...failure, message }, secrets: ['from-the-secret'] }, now);
  expect(status.lastError?.message).toBe('It said: •••, •••, changeme.');
  expect(JSON.stringify(status)).not.toMatch(/from-the/);
});
