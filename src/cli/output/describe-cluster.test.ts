import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import { describeCluster } from './describe-cluster.ts';

const local = { available: true };

test.each<[ClusterState, string]>([
  [{ phase: 'none', local }, 'none'],
  [
    {
      phase: 'online',
      source: 'kubeconfig',
      context: 'home',
      server: 'https://10.0.0.1:6443',
      version: 'v1.37.2',
      local,
    },
    'online – context home, https://10.0.0.1:6443, v1.37.2',
  ],
  [
    {
      phase: 'offline',
      source: 'kubeconfig',
      context: 'home',
      problem: { code: 'cluster_offline', message: 'refused' },
      local,
    },
    'offline – context home: refused',
  ],
  [
    {
      phase: 'building',
      source: 'local',
      progress: { step: 'Building Kubernetes', done: 3, total: 10, unit: 'files' },
      local,
    },
    'building – local cluster: Building Kubernetes (3 of 10 files)',
  ],
  [{ phase: 'connecting', source: 'kubeconfig', local }, 'connecting – kubeconfig'],
  [{ phase: 'connecting', source: 'in-cluster', local }, 'connecting – this cluster'],
])('%j', (state, wanted) => {
  expect(describeCluster(state)).toBe(wanted);
});
