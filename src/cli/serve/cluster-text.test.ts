import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import { clusterText } from './cluster-text.ts';

const local = { available: true };

test.each<[ClusterState, string]>([
  [{ phase: 'online', source: 'local', version: 'v1.37.2', local }, 'ready: online – local cluster, v1.37.2'],
  [{ phase: 'connecting', source: 'in-cluster', local }, 'cluster connecting – this cluster'],
  [
    { phase: 'offline', problem: { code: 'cluster_offline', message: 'It refuses.', remedy: 'Start it.' }, local },
    'cluster offline: It refuses.\n  Start it.',
  ],
])('%j', (cluster, wanted) => {
  expect(clusterText(cluster)).toBe(wanted);
});

test.each([
  [{ available: true }, /--local/],
  [{ available: false, reason: 'not Linux' }, /cannot run here: not Linux/],
])('no cluster: what to do when the local one is %j', (availability, wanted) => {
  expect(clusterText({ phase: 'none', local: availability })).toMatch(wanted);
});
