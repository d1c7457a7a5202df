import { expect, test } from 'vitest';
import type { ClusterState } from '#contract/cluster.ts';
import type { HostEvent } from '#contract/events.ts';
import { createOutput } from '../output/output.ts';
import { progressLines } from '../progress-lines.ts';
import { clusterTeller } from './tell-cluster.ts';

async function told(json: boolean, ...states: Omit<ClusterState, 'local'>[]) {
  const written = { stdout: '', stderr: '' };
  const stdout = { write: (text: string) => ((written.stdout += text), true) };
  const stderr = { write: (text: string) => ((written.stderr += text), true) };
  const tell = clusterTeller(await createOutput({ stdout, stderr }, { json }), progressLines(stderr));
  for (const state of states) tell({ type: 'cluster', cluster: { ...state, local: { available: true } } });
  tell({ type: 'delete', id: 'a workspace says nothing of the cluster' } satisfies HostEvent);
  return written;
}

const building = (done: number) => ({
  phase: 'building' as const,
  source: 'local' as const,
  progress: { step: 'Building Kubernetes', done, total: 9 },
});

test('for people: progress and problems on stderr, ready on stdout, nothing twice', async () => {
  const online = { phase: 'online' as const, source: 'local' as const };
  expect(await told(false, building(1), building(2), { phase: 'connecting' }, { phase: 'connecting' }, online)).toEqual(
    {
      stdout: 'ready: online – local cluster\n',
      stderr: 'Building Kubernetes (1 of 9)\ncluster connecting\n',
    },
  );
});

test('for programs: every state as one line on stdout', async () => {
  const { stdout, stderr } = await told(true, building(1), building(2), { phase: 'online' }, { phase: 'online' });
  expect(stderr).toBe('');
  const lines = stdout
    .trim()
    .split('\n')
    .map((line): unknown => JSON.parse(line));
  expect(lines).toMatchObject([
    { type: 'cluster', cluster: { phase: 'building', progress: { done: 1 } } },
    { type: 'cluster', cluster: { progress: { done: 2 } } },
    { type: 'cluster', cluster: { phase: 'online' } },
  ]);
});
