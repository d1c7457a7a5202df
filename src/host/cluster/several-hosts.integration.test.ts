import { expect } from 'vitest';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { ClusterState } from '#contract/cluster.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

const soonMs = 30_000;

async function clusterOf(host: StartedHost, wanted: (state: ClusterState) => boolean): Promise<ClusterState> {
  return waitUntil(
    async () => {
      const state = (await host.ask('/api/cluster')).json() as ClusterState;
      return wanted(state) ? state : undefined;
    },
    { what: 'the state of the cluster', timeoutMs: soonMs },
  );
}

async function metric(host: StartedHost, name: string): Promise<number | undefined> {
  const { text } = await host.ask('/metrics');
  const line = text.split('\n').find((one) => one.startsWith(`${name} `));
  return line === undefined ? undefined : Number(line.slice(name.length));
}

test('several hosts serve one namespace, say which of them leads, and go on without it', async ({ namespace }) => {
  const options = { kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name };
  await using first = await startHost(options);
  await clusterOf(first, ({ leader }) => leader?.self === true);
  await using second = await startHost(options);
  const seen = await clusterOf(second, ({ leader }) => leader !== undefined);
  expect(seen.leader?.self).toBe(false);
  expect(await metric(first, 'leader_election_master_status{name="guildnet-operator"}')).toBe(1);
  expect(await metric(second, 'leader_election_master_status{name="guildnet-operator"}')).toBe(0);

  // One that does not lead does everything else.
  const accepted = await second.ask('/api/jobs', { method: 'POST', body: { image: 'guildnet.local/echo:1' } });
  const { id } = accepted.json() as { id: string };
  await waitUntil(async () => (await second.ask(`/api/servers/${id}`)).status === 200, {
    what: 'it to be listed',
    timeoutMs: soonMs,
  });
  const reconciles = 'controller_runtime_reconcile_total{controller="workspace",result="success"}';
  await waitUntil(async () => ((await metric(first, reconciles)) ?? 0) > 0, {
    what: 'the leader to reconcile',
    timeoutMs: soonMs,
  });
  expect(await metric(second, reconciles)).toBe(0);

  await first.host.stop();
  await clusterOf(second, ({ leader }) => leader?.self === true);
  await waitUntil(async () => ((await metric(second, reconciles)) ?? 0) > 0, {
    what: 'the other one to reconcile',
    timeoutMs: soonMs,
  });
});

test('a host whose settings would make running pods another says so, whether it leads or not, and does not do it', async ({
  namespace,
}) => {
  const options = { kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name };
  await using first = await startHost(options);
  await clusterOf(first, ({ leader }) => leader?.self === true);
  const { id } = (
    await first.ask('/api/jobs', { method: 'POST', body: { image: 'guildnet.local/echo:1' } })
  ).json() as {
    id: string;
  };
  const generation = async (): Promise<number | undefined> => {
    const { items } = await namespace.apps.listNamespacedDeployment({ namespace: namespace.name });
    return items.find(({ metadata }) => metadata?.name === id)?.metadata?.generation;
  };
  await waitUntil(async () => (await generation()) === 1, { what: 'the Deployment', timeoutMs: soonMs });

  await using second = await startHost({ ...options, env: { K8S_IMAGE_PULL_SECRET: 'registry' } });
  const isTold = ({ notes = [] }: ClusterState): boolean =>
    notes.some(({ code, message }) => code === 'other_settings' && message.includes('imagePullSecrets'));
  const told = await clusterOf(second, (state) => state.leader !== undefined && isTold(state));
  expect(told.leader?.self).toBe(false);
  expect(second.lines.join('\n')).toContain('other_settings');
  expect((await clusterOf(first, ({ phase }) => phase === 'online')).notes ?? []).not.toContainEqual(
    expect.objectContaining({ code: 'other_settings' }),
  );
  await first.host.stop();
  await clusterOf(second, (state) => state.leader?.self === true && isTold(state));
  const condition = async (): Promise<boolean> => {
    const { text } = await second.ask(`/api/servers/${id}`);
    return text.includes('UpToDate=False FromNextStart');
  };
  await waitUntil(condition, { what: 'the workspace to say so', timeoutMs: soonMs });
  expect(await generation()).toBe(1);
});

test('the metrics are read by programs and by our own page, and by nobody else’s', async ({ namespace }) => {
  await using host = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await host.reached('online');
  const answer = await host.ask('/metrics');
  expect([answer.status, answer.headers['content-type']]).toEqual([200, 'text/plain; version=0.0.4; charset=utf-8']);
  expect(answer.text).toMatch(/^rest_client_requests_total\{verb="GET",code="200"\} \d+$/m);
  // A host is online by its first answer; its watches are counted once they are answered, too.
  const watched = /^rest_client_requests_total\{verb="WATCH",code="200"\} \d+$/m;
  await expect.poll(async () => (await host.ask('/metrics')).text, { timeout: soonMs }).toMatch(watched);
  expect(answer.text).toMatch(/^guildnet_workspaces\{phase="Running"\} 0$/m);
  for (const headers of [
    { origin: 'https://evil.example' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
  ]) {
    expect((await host.ask('/metrics', { headers })).status).toBe(403);
  }
  // On a workspace's origin every path is the workspace's.
  expect((await host.ask('https://some-id.localhost/metrics')).text).not.toContain('guildnet_workspaces');
  expect((await host.ask('/metrics', { method: 'POST' })).status).toBe(405);
  expect((await host.ask('/metrics', { method: 'HEAD' })).text).toBe('');
});

test('each line about a reconciliation says which workspace and which look it is about', async ({ namespace }) => {
  await using host = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await host.reached('online');
  const accepted = await host.ask('/api/jobs', { method: 'POST', body: { image: 'guildnet.local/echo:1' } });
  const { id } = accepted.json() as { id: string };
  const about = () =>
    host.lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .filter(({ msg, workspace }) => workspace === id && (msg === 'created' || msg === 'reconciled'));
  await waitUntil(() => about().some(({ msg }) => msg === 'reconciled'), { what: 'the log', timeoutMs: soonMs });
  const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
  for (const line of about()) {
    expect(line).toMatchObject({
      uid: expect.stringMatching(uuid) as string,
      reconcileId: expect.stringMatching(uuid) as string,
    });
  }
  expect(new Set(about().map(({ msg }) => msg))).toEqual(new Set(['created', 'reconciled']));
});

test('a host that may not have the lease is online, and says why nothing is reconciled', async ({ namespace }) => {
  const rules = [{ apiGroups: ['guildnet.io', 'apps', '', 'networking.k8s.io'], resources: ['*'], verbs: ['*'] }];
  await using limited = await limitedKubeconfig(namespace, rules);
  await using host = await startHost({ kubeconfigPath: limited.path, namespace: namespace.name });
  const { phase, leader, problem } = await clusterOf(
    host,
    (state) => state.problem !== undefined && state.phase === 'online',
  );
  expect([phase, leader]).toEqual(['online', undefined]);
  expect(problem).toMatchObject({
    code: 'forbidden',
    message: expect.stringContaining('leases.coordination.k8s.io') as string,
    remedy: expect.stringContaining('coordination.k8s.io') as string,
  });
  expect((await host.ask('/api/servers')).status).toBe(200);
});
