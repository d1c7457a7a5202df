import { GuildNetError } from '#contract/errors.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import { chooseOwnPod, notReady } from '../proxy/resolve/choose-pod.ts';
import type { Prepared } from '../proxy/transport/forward.ts';

/** Where connections to a workspace go now, or why nowhere. */
export type Reached =
  | { kind: 'pod'; uid: string; prepare(port: number): Promise<Prepared> }
  | { kind: 'nowhere'; why: GuildNetError };

/** A workspace by its name and its identity: another one of that name, made later or in another cluster, is not it. */
export interface WorkspaceKey {
  id: string;
  uid: string;
}

export type Reach = (workspace: WorkspaceKey) => Reached;

const nowhere = (why: GuildNetError): Reached => ({ kind: 'nowhere', why });

/** The pod that serves a workspace in the cluster that the host is connected to, and the way to its ports. */
export function reachIn(cluster: Pick<ClusterConnection, 'openSession'>): Reach {
  return ({ id, uid }) => {
    const session = cluster.openSession;
    if (session === undefined) {
      return nowhere(
        new GuildNetError('cluster_offline', 'The cluster is being connected to.', {
          remedy: 'It is tried again by itself; check that the cluster runs and is reachable.',
        }),
      );
    }
    const { world, kube, transport } = session;
    const workspace = world.workspaces.get(id);
    if (workspace === undefined || workspace.metadata.uid !== uid)
      return nowhere(new GuildNetError('not_found', `There is no workspace "${id}" any more.`, { details: { id } }));
    const pod = chooseOwnPod(workspace, world.podsOf(id))?.metadata;
    if (pod === undefined) return nowhere(notReady(workspace));
    const { name = '', uid: podUid = '' } = pod;
    return {
      kind: 'pod',
      uid: podUid,
      prepare: (port) => transport.prepare({ namespace: kube.namespace, pod: name, port }),
    };
  };
}
