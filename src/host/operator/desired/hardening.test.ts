import { describe, expect, test } from 'vitest';
import { appLabels } from '#contract/app-labels.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { ownedMeta, ownerOf } from './ownership.ts';
import { tolerations } from './scheduling.ts';
import { containerSecurityContext, podSecurityContext } from './security.ts';

// Specification, "Operator Defaults & Hardening": Security Context, Scheduling; "Workspace Launch Flow": labels.

test('the pod runs as an ordinary user under the runtime’s seccomp profile', () => {
  expect(podSecurityContext()).toMatchObject({
    runAsNonRoot: true,
    runAsUser: 1000,
    runAsGroup: 1000,
    fsGroup: 1000,
    seccompProfile: { type: 'RuntimeDefault' },
  });
});

test('the container has no privileges and gets none', () => {
  expect(containerSecurityContext()).toEqual({
    allowPrivilegeEscalation: false,
    privileged: false,
    capabilities: { drop: ['ALL'] },
  });
});

describe('tolerations', () => {
  const controlPlane = { key: 'node-role.kubernetes.io/control-plane', operator: 'Exists', effect: 'NoSchedule' };
  test.for([
    ['the control-plane taint, always', undefined, [controlPlane]],
    [
      'and the workspace’s own',
      [{ key: 'gpu', operator: 'Exists' as const }],
      [controlPlane, { key: 'gpu', operator: 'Exists' }],
    ],
    [
      'each once',
      [{ key: controlPlane.key, operator: 'Exists' as const, effect: 'NoSchedule' as const }],
      [controlPlane],
    ],
    [
      'another effect of the same taint is another toleration',
      [{ key: controlPlane.key, effect: 'NoExecute' as const }],
      [controlPlane, { key: controlPlane.key, effect: 'NoExecute' }],
    ],
  ] as const)('%s', ([, own, expected]) =>
    expect(tolerations({ image: 'i', tolerations: own === undefined ? undefined : [...own] })).toEqual(expected),
  );
});

describe('ownership', () => {
  const workspace = aWorkspace();
  test('labels mirror the name, and the owner takes its objects along', () => {
    expect(ownedMeta(workspace)).toEqual({
      name: 'ws',
      namespace: 'dev',
      labels: {
        ...appLabels('ws', workspace.spec.image, 'workspace'),
        'guildnet.io/managed': 'true',
        'guildnet.io/id': 'ws',
      },
      ownerReferences: [
        {
          apiVersion: 'guildnet.io/v1alpha1',
          kind: 'Workspace',
          name: 'ws',
          uid: 'uid-ws',
          controller: true,
          blockOwnerDeletion: true,
        },
      ],
    });
  });

  const reference = {
    apiVersion: 'guildnet.io/v1alpha1',
    kind: 'Workspace',
    name: 'ws',
    uid: 'uid-ws',
    controller: true,
  };
  test.for([
    ['ours', [reference], 'ours'],
    ['an earlier workspace of the name', [{ ...reference, uid: 'old' }], 'predecessor'],
    ['another workspace’s', [{ ...reference, uid: 'x', name: 'y' }], 'foreign'],
    ['nobody’s', [], 'foreign'],
    [
      'a stranger’s',
      [{ apiVersion: 'apps/v1', kind: 'Deployment', name: 'ws', uid: 'z', controller: true }],
      'foreign',
    ],
    ['owned, but not controlled, by us', [{ ...reference, controller: false }], 'foreign'],
  ] as const)('%s', ([, ownerReferences, owner]) =>
    expect(ownerOf({ metadata: { ownerReferences: [...ownerReferences] } }, workspace)).toBe(owner),
  );
});
