import { expect } from 'vitest';
import { clusterResourcesSchema, clusterRightsSchema } from '#contract/cluster-resources.ts';
import type { ClusterResources } from '#contract/cluster-resources.ts';
import { localImages } from '#local-cluster/images.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import { createWorkspace } from '#test/create-workspace.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { namespaceTest as test } from '#test/namespace.ts';
import { namespaceRules } from '../operator/rbac-rules.ts';

const Mi = 1024 ** 2;

async function resources(started: StartedHost): Promise<ClusterResources> {
  const { status, text, json } = await started.ask('/api/cluster/resources');
  expect([status, text]).toEqual([200, expect.any(String)]);
  return clusterResourcesSchema.parse(json());
}

test('what a cluster has and what it is used for is told, also where its nodes may not be seen', async ({
  namespace,
}) => {
  await createWorkspace(namespace, 'busy', {
    image: localImages.echo,
    resources: { requests: { cpu: '30m', memory: '40Mi' } },
  });
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const busy = { id: 'busy', requested: { cpu: 0.03, memory: 40 * Mi } };
  let seen = await resources(started);
  await waitUntil(
    async () => {
      seen = await resources(started);
      return seen.workspaces[0]?.node !== undefined;
    },
    { what: 'the workspace to be on a node', timeoutMs: 60_000 },
  );
  expect(seen.workspaces).toEqual([{ ...busy, node: expect.any(String) as string }]);
  const [node] = seen.nodes;
  expect(node).toMatchObject({ name: seen.workspaces[0]?.node, ready: true, schedulable: true, complaints: [] });
  expect(node?.allocatable.cpu).toBeGreaterThan(0);
  expect(node?.requested.memory).toBeGreaterThanOrEqual(40 * Mi);
  expect(seen.problems).toEqual({ usage: expect.objectContaining({ code: 'unsupported' }) as unknown });

  const rights = clusterRightsSchema.parse((await started.ask('/api/cluster/rights')).json());
  expect(rights.rules.length).toBeGreaterThan(namespaceRules.length);
  expect(rights.rules.flatMap(({ missing }) => missing)).toEqual([]);

  const limited = await limitedKubeconfig(
    namespace,
    namespaceRules.filter(({ resources: [first] }) => first !== 'pods/exec'),
  );
  await using lesser = await startHost({ kubeconfigPath: limited.path, namespace: namespace.name });
  await lesser.reached('online');
  const less = await resources(lesser);
  expect(less.nodes).toEqual([]);
  expect(less.workspaces).toMatchObject([busy]);
  expect(less.problems.nodes).toMatchObject({
    code: 'forbidden',
    remedy: expect.stringContaining('guildnet rbac') as string,
  });
  expect(less.problems.others?.message).toContain('pods');
  const { rules } = clusterRightsSchema.parse((await lesser.ask('/api/cluster/rights')).json());
  const missing = rules.filter((rule) => rule.missing.length > 0);
  expect(missing).toContainEqual(
    expect.objectContaining({ scope: 'cluster', grants: 'list nodes', missing: ['list nodes'] }),
  );
  expect(missing).toContainEqual(expect.objectContaining({ scope: 'namespace', missing: ['get, create pods/exec'] }));
});
