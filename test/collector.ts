import { waitUntil } from '#local-cluster/wait-until.ts';
import {
  workspaceApiVersion,
  workspaceGroup,
  workspaceKind,
  workspacePlural,
  workspaceVersion,
} from '#contract/workspace.ts';
import { runOperator } from './operator/operator.ts';
import { createNamespace } from './create-namespace.ts';
import { createWorkspace } from './create-workspace.ts';

/**
 * How long Kubernetes' garbage collector may need to hear of a kind that is new, in milliseconds: it asks every 30 s which kinds there
 * are (kube-controller-manager, `garbageCollector.Sync`), and no setting changes that.
 */
const hearsWithin = 60_000;

/**
 * Resolves when the garbage collector lets go what belonged to a Workspace that was deleted. On a control plane that has had the CRD
 * for less than half a minute it looks again and again for owners of a kind that it does not know, with pauses that double: what a
 * Workspace of that time leaves behind, such as the pod that uses its home, stays for up to three quarters of a minute.
 */
export async function collectorKnowsWorkspaces(kubeconfigPath: string): Promise<void> {
  await using own = await createNamespace(kubeconfigPath);
  // Only to have the CRD.
  await using _client = await runOperator(own, { operate: false });
  const { core, custom, name: namespace } = own;
  const collection = { group: workspaceGroup, version: workspaceVersion, plural: workspacePlural, namespace };
  let probes = 0;
  /** What belongs to a Workspace that is no more. Each probe is a new one: those of before are looked at more and more seldom. */
  const leaveBehind = async (): Promise<string> => {
    const name = `probe-${String((probes += 1))}`;
    const uid = await createWorkspace(own, name, { image: 'guildnet.local/echo:1', running: false });
    const ownerReferences = [{ apiVersion: workspaceApiVersion, kind: workspaceKind, name, uid }];
    await core.createNamespacedConfigMap({ namespace, body: { metadata: { name, ownerReferences } } });
    await custom.deleteNamespacedCustomObject({ ...collection, name });
    return name;
  };
  const left = new Set<string>();
  await waitUntil(
    async () => {
      left.add(await leaveBehind());
      const { items } = await core.listNamespacedConfigMap({ namespace });
      const there = new Set(items.map(({ metadata }) => metadata?.name));
      return [...left].some((name) => !there.has(name));
    },
    { what: 'the garbage collector to know Workspaces', timeoutMs: hearsWithin, intervalMs: 1_000 },
  );
}
