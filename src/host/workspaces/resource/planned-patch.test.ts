import { expect, test } from 'vitest';
import { workspacePatchSchema } from '#contract/workspace-patch.ts';
import type { WorkspacePatch } from '#contract/workspace-patch.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { planPatch } from './planned-patch.ts';

const spec: Partial<WorkspaceSpec> = {
  env: [
    { name: 'A', value: '1' },
    { name: 'PASSWORD', value: 'x' },
    { name: 'S', valueFrom: { secretKeyRef: { name: 's', key: 'k' } } },
  ],
  resources: { requests: { cpu: '1', memory: '1Gi' } },
  home: { size: '1Gi', mountPath: '/home/me' },
  ports: [{ containerPort: 8080, name: 'web', protocol: 'TCP' }],
  ttl: '9h',
};
const workspace = aWorkspace(spec, { labels: { 'guildnet.io/id': 'ws', app: 'web' } });
const plan = (patch: WorkspacePatch) => planPatch(workspace, patch);

test.for<[WorkspacePatch, string[], string[]]>([
  [{}, [], []],
  [{ spec: { image: 'ghcr.io/owner/image:1', ttl: '9h' } }, [], []],
  [{ spec: { image: 'other:2' } }, ['spec.image'], ['spec.image']],
  [{ spec: { ttl: '1h', owner: 'ann', idle: { stopAfter: '2h' } } }, ['spec.ttl', 'spec.idle', 'spec.owner'], []],
  [{ spec: { ttl: null } }, ['spec.ttl'], []],
  [{ spec: { resources: { requests: { cpu: '2' } } } }, ['spec.resources'], ['spec.resources']],
  [{ spec: { env: { A: '1' } } }, [], []],
  [{ spec: { env: { A: '2', B: '3' } } }, ['spec.env.A', 'spec.env.B'], ['spec.env.A', 'spec.env.B']],
  [{ spec: { env: { PASSWORD: 'y' } } }, ['spec.env.PASSWORD'], ['spec.env.PASSWORD']],
  [{ spec: { env: { S: null } } }, ['spec.env.S'], ['spec.env.S']],
  [{ spec: { home: { size: '2Gi' } } }, ['spec.home'], []],
  [{ spec: { home: { mountPath: '/other' } } }, ['spec.home'], ['spec.home']],
  [{ spec: { exposure: { type: 'LoadBalancer' } } }, ['spec.exposure'], []],
  [{ spec: { ports: [{ containerPort: 8080, name: 'web' }] } }, [], []],
  [{ labels: { app: 'web', tier: 'front' } }, ['labels.tier'], []],
  [{ labels: { app: null, none: null } }, ['labels.app'], []],
])('%j changes %j, of which %j restart', ([patch, changed, restarts]) => {
  expect(plan(patch)).toMatchObject({ changed, restarts });
});

test('variables that are not named stay, and those that come from elsewhere too', () => {
  expect(plan({ spec: { env: { A: null, B: 'b' } } }).spec).toEqual({
    env: [spec.env?.[1], spec.env?.[2], { name: 'B', value: 'b' }],
  });
  expect(plan({ spec: { env: { A: null, PASSWORD: null, S: null } } }).spec).toEqual({ env: null });
  expect(plan({ spec: { env: null } }).spec).toEqual({ env: null });
  expect(plan({ spec: { args: ['x'] } }).spec).toEqual({ args: ['x'] });
});

test.for<[NonNullable<WorkspacePatch['spec']>, boolean]>([
  [{ image: 'other:2' }, false],
  [{ ports: [{ containerPort: 8080 }, { containerPort: 9090 }] }, false],
  [{ ports: [{ containerPort: 9090 }] }, true],
  [{ ports: [{ containerPort: 9090 }, { containerPort: 8080 }] }, true],
  [{ ports: null }, false],
])('%j takes a port away: %s', ([patch, expected]) => {
  expect(plan({ spec: patch }).losesPort).toBe(expected);
});

test.for<[WorkspacePatch, RegExp]>([
  [{ spec: { image: 'a b' } }, /white space/],
  [{ spec: { ttl: 'soon' } }, /^ttl: /],
  [{ spec: { resources: { limits: { cpu: 'much' } } } }, /^resources\.limits\.cpu: /],
  [{ spec: { ports: [{ containerPort: 1 }, { containerPort: 1 }] } }, /port numbers are unique/],
  [{ spec: { env: { '1A': 'x' } } }, /^env\.\d+\.name: /],
  [{ spec: { args: ['--password=•••'] } }, /shown in place of what is secret/],
  [{ spec: { env: { A: '•••' } } }, /shown in place of what is secret/],
  [{ labels: { 'guildnet.io/id': null } }, /GuildNet's own/],
  [{ labels: { 'a b': 'c' } }, /not valid in Kubernetes/],
  [{ spec: { nodeSelector: { 'a_/b': 'c' } } }, /not valid in Kubernetes/],
  [{ spec: { owner: 'user:anna\u0000' } }, /not seen/],
])('%j is refused: %s', ([patch, message]) => {
  expect(() => plan(patch)).toThrow(message);
});

test('a patch changes nothing that it does not name', () => {
  expect(workspacePatchSchema.parse({ spec: { home: { retain: '1h' }, probe: {} } })).toEqual({
    spec: { home: { retain: '1h' }, probe: {} },
  });
  expect(workspacePatchSchema.safeParse({ spec: { imag: 'x' } }).error?.issues[0]?.message).toContain('"imag"');
  expect(workspacePatchSchema.safeParse({ status: {} }).error?.issues[0]?.message).toContain('"status"');
});
