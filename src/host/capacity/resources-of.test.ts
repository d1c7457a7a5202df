import { expect, test } from 'vitest';
import { clusterResourcesSchema } from '#contract/cluster-resources.ts';
import type { FoundPod } from './found-objects.ts';
import { resourcesOf } from './resources-of.ts';
import type { Found } from './resources-of.ts';

const Mi = 1024 ** 2;
const requests = { cpu: '250m', memory: '64Mi' };
const pod = (
  name: string,
  more: { namespace?: string; id?: string; phase?: string; node?: string } = {},
): FoundPod => ({
  metadata: {
    name,
    namespace: more.namespace ?? 'dev',
    ...(more.id === undefined ? {} : { labels: { 'guildnet.io/managed': 'true', 'guildnet.io/id': more.id } }),
  },
  spec: { nodeName: more.node ?? 'one', containers: [{ resources: { requests } }] },
  status: { phase: more.phase ?? 'Running' },
});
const found: Found = {
  nodes: [
    {
      metadata: { name: 'two' },
      spec: { unschedulable: true },
      status: {
        conditions: [
          { type: 'Ready', status: 'Unknown', message: 'Kubelet stopped posting node status.' },
          { type: 'DiskPressure', status: 'True', message: '' },
          { type: 'MemoryPressure', status: 'False' },
        ],
      },
    },
    {
      metadata: { name: 'one' },
      status: {
        allocatable: { cpu: '1930m', memory: '2Gi', pods: '110', 'nvidia.com/gpu': '1' },
        conditions: [{ type: 'Ready', status: 'True' }],
        nodeInfo: { kubeletVersion: 'v1.37.2', architecture: 'amd64' },
      },
    },
  ],
  pods: [
    pod('notes-1', { id: 'notes' }),
    pod('notes-2', { id: 'notes' }),
    pod('notes-old', { id: 'notes', phase: 'Failed' }),
    pod('ide-1', { id: 'ide' }),
    pod('dns', { namespace: 'kube-system' }),
    pod('elsewhere', { namespace: 'team', id: 'theirs' }),
  ],
  nodeMetrics: [{ metadata: { name: 'one' }, usage: { cpu: '123456789n', memory: '1048576Ki' } }],
  podMetrics: [
    { metadata: { name: 'notes-1' }, containers: [{ usage: { cpu: '5m', memory: '10Mi' } }, { usage: { cpu: '5m' } }] },
  ],
  namespace: 'dev',
  problems: {},
};

test('nodes have what is allocatable, what living pods asked for, and what is used', () => {
  const { nodes } = resourcesOf(found);
  expect(nodes).toEqual([
    {
      name: 'one',
      ready: true,
      schedulable: true,
      complaints: [],
      version: 'v1.37.2',
      architecture: 'amd64',
      allocatable: { cpu: 1.93, memory: 2048 * Mi, pods: 110 },
      requested: { cpu: 1.25, memory: 320 * Mi, pods: 5 },
      used: { cpu: 0.123456789, memory: 1024 * Mi },
    },
    expect.objectContaining({
      name: 'two',
      ready: false,
      schedulable: false,
      complaints: ['Ready: Kubelet stopped posting node status.', 'DiskPressure'],
      requested: { cpu: 0, memory: 0, pods: 0 },
    }),
  ]);
});

test('workspaces are those of our namespace, with both of their pods, the largest first', () => {
  expect(resourcesOf(found).workspaces).toEqual([
    { id: 'notes', node: 'one', requested: { cpu: 0.5, memory: 128 * Mi }, used: { cpu: 0.01, memory: 10 * Mi } },
    { id: 'ide', node: 'one', requested: { cpu: 0.25, memory: 64 * Mi } },
  ]);
});

test('what could not be seen is told, and the rest is there', () => {
  const problem = { code: 'forbidden', message: 'The nodes may not be listed.' };
  const without = resourcesOf({ ...found, nodes: [], problems: { nodes: problem, usage: undefined } });
  expect(without).toMatchObject({ nodes: [], problems: { nodes: problem } });
  expect(without.problems).not.toHaveProperty('usage');
  expect(without.workspaces).toHaveLength(2);
  expect(clusterResourcesSchema.parse(without)).toEqual(without);
});
