import { expect, test } from 'vitest';
import { capacityText, rightsText } from './capacity.ts';

const Gi = 1024 ** 3;
const node = {
  name: 'one',
  ready: true,
  schedulable: true,
  complaints: [],
  allocatable: { cpu: 4, memory: 8 * Gi, pods: 110 },
  requested: { cpu: 1, memory: 2 * Gi, pods: 11 },
};

test('nodes and workspaces are tables, and what is not known says why', () => {
  const usage = { code: 'unsupported', message: 'There is no metrics-server.', remedy: 'Install it.' };
  const workspaces = [{ id: 'notes', node: 'one', requested: { cpu: 0.01, memory: Gi / 8 } }];
  expect(capacityText({ nodes: [node], workspaces, problems: { usage } })).toBe(
    [
      'NODE  STATE  CPU REQUESTED  MEMORY REQUESTED       PODS             USED',
      'one   Ready  1 of 4 (25 %)  2 GiB of 8 GiB (25 %)  11 of 110 (10 %)  -',
      '',
      'WORKSPACE  NODE  CPU   MEMORY   USED',
      'notes      one   0.01  128 MiB  -',
      '',
      'There is no metrics-server.',
      '→ Install it.',
    ]
      .join('\n')
      .replace('PODS             USED', 'PODS              USED'),
  );
});

test('a node that takes nothing says so, and one that is used says how much', () => {
  const ill = {
    ...node,
    ready: false,
    schedulable: false,
    complaints: ['DiskPressure'],
    used: { cpu: 0.5, memory: Gi },
  };
  const text = capacityText({ nodes: [ill], workspaces: [], problems: {} });
  expect(text).toContain('NotReady, cordoned, DiskPressure');
  expect(text).toContain('0.5, 1 GiB');
  expect(capacityText({ nodes: [], workspaces: [], problems: {} })).toBe(
    'The cluster has no node, and no workspace runs.',
  );
});

test('rights are told rule by rule, what is missing with the way to it', () => {
  const rule = { why: 'Its home.', scope: 'namespace' as const, grants: 'get pods', missing: [], vital: true };
  expect(rightsText({ user: 'ann', namespace: 'dev', rules: [rule] })).toContain('All 1 rules');
  const text = rightsText({ user: 'ann', namespace: 'dev', rules: [rule, { ...rule, missing: ['get pods'] }] });
  expect(text).toContain('1 of 2 rules are not granted to "ann" as a whole. `guildnet rbac --namespace dev`');
  expect(text).toMatch(/error {4}namespace {2}get pods +Its home\.\n +→ not: get pods/);
});
