import type { WorkspaceEvent } from '#contract/workspace-events.ts';
import type { ObservedWorkspace } from '../../kube/workspace-object.ts';
import { fromKubeError } from '../../kube/errors.ts';
import type { Kube } from '../../kube/kube.ts';
import { listAll } from '../../kube/list-watch.ts';
import type { World } from '../../kube/world.ts';
import { homeClaimName } from '../../operator/home/home-volume.ts';
import { withoutSecrets } from '../hidden-values.ts';
import { inOrder, toWorkspaceEvent } from './event-view.ts';

const mostShown = 1_000;
/** Of a restart's two and those that linger. */
const mostPods = 4;

/**
 * The Events about a workspace and what belongs to it: Kubernetes selects them by the name of one object, so it is asked for each. What
 * is about a former object of the same name and kind is left out. Throws what the cluster says.
 */
export async function eventsOf(
  workspace: ObservedWorkspace,
  { kube, world }: { kube: Pick<Kube, 'rest' | 'namespace'>; world: World },
  signal: AbortSignal,
): Promise<WorkspaceEvent[]> {
  const { name, uid } = workspace.metadata;
  const pods = world.podsOf(name).slice(0, mostPods);
  const podNames = pods.flatMap(({ metadata }) => metadata?.name ?? []);
  const replicaSets = pods.flatMap(({ metadata }) => metadata?.ownerReferences?.map((owner) => owner.name) ?? []);
  const names = [...new Set([name, homeClaimName(name), ...podNames, ...replicaSets])];
  const path = `/api/v1/namespaces/${encodeURIComponent(kube.namespace)}/events`;
  try {
    const lists = await Promise.all(
      names.map((one) => listAll(kube.rest, { path, fieldSelector: `involvedObject.name=${one}` }, signal)),
    );
    const clean = withoutSecrets(workspace.spec.env);
    const found = lists
      .flatMap(({ items }) => items)
      .filter((object) => !isOfAnother(object, uid))
      .flatMap((object) => toWorkspaceEvent(object, clean) ?? []);
    return inOrder(found, mostShown);
  } catch (error) {
    throw fromKubeError(error, `reading the events of ${name}`);
  }
}

/** About a Workspace of this name that is no longer the one that there is. */
function isOfAnother(object: unknown, uid: string): boolean {
  const about = (object as { involvedObject?: { kind?: unknown; uid?: unknown } } | null)?.involvedObject;
  return about?.kind === 'Workspace' && typeof about.uid === 'string' && about.uid !== '' && about.uid !== uid;
}
