import { labels } from '#contract/workspace.ts';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { waitUntil } from '#local-cluster/wait-until.ts';
import type { TestNamespace } from '../create-namespace.ts';

/** For cluster tests: a Node without a machine. It is ready when it is made, and nobody renews that. */
export interface TestNode extends AsyncDisposable {
  name: string;
  /** What only this node has. */
  selector: Record<string, string>;
  /** What keeps others from it. */
  tolerations: NonNullable<WorkspaceSpec['tolerations']>;
  /** Says of the pod of a workspace that it runs and is ready, as the node's kubelet would. */
  playKubelet(workspace: string): Promise<void>;
}

export async function aTestNode({ core, objects, name: namespace }: TestNamespace): Promise<TestNode> {
  const name = `node-${namespace}`;
  const key = 'guildnet.test/only-for';
  const node = { apiVersion: 'v1', kind: 'Node', metadata: { name } };
  const time = new Date();
  const amounts = { cpu: '4', memory: '4Gi', pods: '10', 'ephemeral-storage': '4Gi' };
  await core.createNode({
    body: {
      metadata: { name, labels: { [key]: namespace } },
      spec: { taints: [{ key, value: namespace, effect: 'NoSchedule' }] },
    },
  });
  const ready = {
    type: 'Ready',
    status: 'True',
    reason: 'KubeletReady',
    lastHeartbeatTime: time,
    lastTransitionTime: time,
  };
  await core.patchNodeStatus({
    name,
    body: [
      { op: 'add', path: '/status/capacity', value: amounts },
      { op: 'add', path: '/status/allocatable', value: amounts },
      { op: 'add', path: '/status/conditions', value: [ready] },
    ],
  });
  const podOf = async (workspace: string): Promise<string | undefined> => {
    const labelSelector = `${labels.id}=${workspace}`;
    const { items } = await core.listNamespacedPod({ namespace, labelSelector });
    return items.find((pod) => pod.spec?.nodeName === name)?.metadata?.name;
  };
  return {
    name,
    selector: { [key]: namespace },
    tolerations: [{ key, operator: 'Exists', effect: 'NoSchedule' }],
    playKubelet: async (workspace) => {
      const pod = await waitUntil(() => podOf(workspace), {
        what: `the pod of ${workspace} on ${name}`,
        timeoutMs: 60_000,
      });
      const now = new Date().toISOString();
      const state = { running: { startedAt: now } };
      const container = {
        name: 'workspace',
        image: 'i',
        imageID: 'i',
        ready: true,
        started: true,
        restartCount: 0,
        state,
      };
      const conditions = ['PodScheduled', 'Initialized', 'ContainersReady', 'Ready'].map((type) => ({
        type,
        status: 'True',
        lastTransitionTime: now,
      }));
      await core.patchNamespacedPodStatus({
        name: pod,
        namespace,
        body: [
          { op: 'add', path: '/status/phase', value: 'Running' },
          { op: 'add', path: '/status/conditions', value: conditions },
          { op: 'add', path: '/status/containerStatuses', value: [container] },
        ],
      });
    },
    async [Symbol.asyncDispose]() {
      // No kubelet will ever say that they have ended.
      const { items } = await core.listNamespacedPod({ namespace, fieldSelector: `spec.nodeName=${name}` });
      for (const pod of items)
        await core.deleteNamespacedPod({ name: pod.metadata?.name ?? '', namespace, gracePeriodSeconds: 0 });
      await objects.delete(node);
    },
  };
}
