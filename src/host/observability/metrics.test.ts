import { expect, test } from 'vitest';
import type { Phase } from '#contract/workspace.ts';
import { aWorkspace } from '#test/operator/objects.ts';
import { noAssetCache } from '../proxy/asset-cache/asset-cache.ts';
import { createMetrics } from './metrics.ts';

function setting(phases: (Phase | undefined)[] = []) {
  const metrics = createMetrics({
    version: '1.2.3',
    workspaces: () => phases.map((phase) => ({ ...aWorkspace(), status: phase === undefined ? {} : { phase } })),
    depth: () => 7,
    logReadings: () => 3,
    forwards: () => 2,
    forwardConnections: () => 5,
    assets: () => noAssetCache,
    apiConnections: () => ({
      totals: [{ what: 'tunnels', protocol: 'spdy', why: '', open: 2, opened: 9, bytes_in: 10, bytes_out: 20 }],
      pods: [],
      more: 0,
    }),
    transport: () => ({
      kind: 'spdy',
      losses: [],
      ways: [
        { kind: 'spdy', state: 'works' },
        { kind: 'channels', state: 'untried' },
      ],
    }),
  });
  const lines = async (): Promise<string[]> => (await metrics.text()).split('\n');
  return { metrics, lines };
}

test('has everything from the start, at zero', async () => {
  const { lines, metrics } = setting();
  expect(metrics.contentType).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'guildnet_log_readings 3',
      'guildnet_forwards 2',
      'guildnet_forward_connections 5',
      'guildnet_api_connections{what="tunnels",protocol="spdy"} 2',
      'guildnet_api_connections_opened{what="tunnels",protocol="spdy"} 9',
      'guildnet_api_received_bytes{what="tunnels",protocol="spdy"} 10',
      'guildnet_api_sent_bytes{what="tunnels",protocol="spdy"} 20',
      'guildnet_transport{kind="spdy"} 1',
      'guildnet_transport{kind="channels"} 0',
      'guildnet_build_info{version="1.2.3"} 1',
      'workqueue_depth{name="workspace"} 7',
      'workqueue_adds_total{name="workspace"} 0',
      'workqueue_retries_total{name="workspace"} 0',
      'controller_runtime_reconcile_total{controller="workspace",result="success"} 0',
      'controller_runtime_reconcile_total{controller="workspace",result="error"} 0',
      'controller_runtime_reconcile_errors_total{controller="workspace"} 0',
      'leader_election_master_status{name="guildnet-operator"} 0',
      'guildnet_workspaces{phase="Running"} 0',
      'guildnet_workspace_launch_duration_seconds_count 0',
    ]),
  );
});

test('counts what it is told', async () => {
  const { metrics, lines } = setting();
  metrics.requests({ verb: 'PATCH', status: 200, seconds: 0.02 });
  metrics.requests({ verb: 'PATCH', status: 409, seconds: 0.02 });
  metrics.requests({ verb: 'WATCH', status: undefined, seconds: 5 });
  metrics.operator.queue.added();
  metrics.operator.queue.retried();
  metrics.operator.reconciling()('success');
  metrics.operator.reconciling()('error');
  metrics.operator.reconciling();
  metrics.operator.leading(true);
  metrics.launched(1.6);
  expect(await lines()).toEqual(
    expect.arrayContaining([
      'rest_client_requests_total{verb="PATCH",code="200"} 1',
      'rest_client_requests_total{verb="PATCH",code="409"} 1',
      'rest_client_requests_total{verb="WATCH",code="<error>"} 1',
      'rest_client_request_duration_seconds_count{verb="PATCH"} 2',
      'workqueue_adds_total{name="workspace"} 1',
      'workqueue_retries_total{name="workspace"} 1',
      'controller_runtime_reconcile_total{controller="workspace",result="success"} 1',
      'controller_runtime_reconcile_errors_total{controller="workspace"} 1',
      'controller_runtime_reconcile_time_seconds_count{controller="workspace"} 2',
      'controller_runtime_active_workers{controller="workspace"} 1',
      'leader_election_master_status{name="guildnet-operator"} 1',
      'guildnet_workspace_launch_duration_seconds_bucket{le="1.5"} 0',
      'guildnet_workspace_launch_duration_seconds_bucket{le="2"} 1',
    ]),
  );
});

test('counts workspaces by phase, as they are now', async () => {
  const phases: (Phase | undefined)[] = ['Running', 'Running', 'Failed', undefined];
  const { lines } = setting(phases);
  const count = async (): Promise<string[]> =>
    (await lines()).filter((line) => line.startsWith('guildnet_workspaces{') && !line.endsWith(' 0'));
  expect(await count()).toEqual([
    'guildnet_workspaces{phase="Pending"} 1',
    'guildnet_workspaces{phase="Running"} 2',
    'guildnet_workspaces{phase="Failed"} 1',
  ]);
  phases.pop();
  expect(await count()).toHaveLength(2);
});

test('tells of the process under the standard names, with sensible values', async () => {
  const { lines } = setting();
  const value = async (name: string): Promise<number> =>
    Number((await lines()).find((line) => line.startsWith(`${name} `))?.split(' ')[1]);
  expect(await value('process_resident_memory_bytes')).toBeGreaterThan(10_000_000);
  expect(await value('process_start_time_seconds')).toBeCloseTo(performance.timeOrigin / 1000, -1);
  expect(await value('process_cpu_seconds_total')).toBeGreaterThan(0);
  expect(await value('nodejs_heap_size_used_bytes')).toBeGreaterThan(1_000_000);
});
