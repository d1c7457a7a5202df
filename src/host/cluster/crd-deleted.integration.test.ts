import { expect, test } from 'vitest';
import { workspaceCrd, workspaceCrdName } from '#contract/crd.ts';
import { homeSchema } from '#contract/home.ts';
import type { Home } from '#contract/home.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '#test/create-namespace.ts';
import { limitedKubeconfig } from '#test/limited-kubeconfig.ts';
import { ownControlPlane } from '#test/own-control-plane.ts';
import { apply } from '../kube/apply.ts';
import { connectKube } from '../kube/kube.ts';
import { namespaceRules } from '../operator/rbac-rules.ts';
import { startHost } from '#test/host/started-host.ts';
import type { StartedHost } from '#test/host/started-host.ts';

const soon = { timeoutMs: 60_000 };

/** With a CRD all its objects are deleted, those of other tests too: it takes a control plane of its own. */
async function deleteCrd({ objects }: TestNamespace): Promise<void> {
  await objects.delete({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: workspaceCrdName },
  });
}

async function homeOf(started: StartedHost, id: string): Promise<Home | undefined> {
  const answer = await started.ask('/api/homes');
  return answer.status === 200
    ? homeSchema
        .array()
        .parse(answer.json())
        .find((home) => home.id === id)
    : undefined;
}

/** Launches a workspace and waits until its home is there. */
async function launch(started: StartedHost): Promise<string> {
  const answer = await started.ask('/api/jobs', { method: 'POST', body: { image: 'alpine', home: {} } });
  const { id } = answer.json() as { id: string };
  await waitUntil(async () => (await homeOf(started, id))?.state === 'used', { what: 'the home', ...soon });
  return id;
}

test('a CRD that somebody deletes takes the workspaces along, and not one home; it is installed again', async () => {
  await using own = await ownControlPlane('crd-deleted');
  const { namespace } = own;
  await using started = await startHost({ kubeconfigPath: namespace.kubeconfigPath, namespace: namespace.name });
  await started.reached('online');
  const id = await launch(started);
  await deleteCrd(namespace);
  await waitUntil(async () => (await homeOf(started, id))?.state === 'kept', { what: 'the home to be kept', ...soon });
  await waitUntil(async () => (await started.ask(`/api/homes/${id}/restore`, { method: 'POST' })).status === 202, {
    what: 'the workspace to be restored',
    ...soon,
    explain: async () => JSON.stringify(await started.host.client.cluster.get()),
  });
  await waitUntil(async () => (await homeOf(started, id))?.state === 'used', { what: 'the home to be used', ...soon });
});

test('who may not install it is told that it is missing, and goes on when it is there', async () => {
  await using own = await ownControlPlane('crd-missing');
  const { namespace } = own;
  await using limited = await limitedKubeconfig(namespace, namespaceRules);
  await using started = await startHost({ kubeconfigPath: limited.path, namespace: namespace.name });
  const { problem } = await waitUntil(
    async () => {
      const state = await started.host.client.cluster.get();
      return state.problem === undefined ? undefined : state;
    },
    { what: 'the problem', ...soon },
  );
  expect(problem).toMatchObject({
    code: 'not_found',
    message: expect.stringContaining(workspaceCrdName) as string,
    remedy: expect.stringContaining('guildnet crd') as string,
  });
  const admin = await connectKube(
    { kind: 'kubeconfig', path: namespace.kubeconfigPath },
    { namespace: namespace.name },
  );
  await apply(admin, workspaceCrd(), { force: true });
  admin.close();
  await started.reached('online');
});
