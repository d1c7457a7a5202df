import type { ClusterConnection } from '../cluster/connection.ts';
import type { Log } from '../observability/log.ts';
import { createEventRecorder } from '../operator/events/event-recorder.ts';
import type { EventRecorder } from '../operator/events/event-recorder.ts';
import type { Act } from './audit.ts';

/**
 * What peers did with a workspace, as Events on it, so that `kubectl describe` tells who it was. What the local user does is done
 * by who holds the kubeconfig, as with kubectl.
 */
export function createActEvents({
  cluster,
  log,
}: {
  cluster: Pick<ClusterConnection, 'openSession' | 'onSession'>;
  log: Log;
}): (act: Act, who: string) => void {
  let recorder: EventRecorder | undefined;
  let ending = new AbortController();
  cluster.onSession((session) => {
    ending.abort();
    ending = new AbortController();
    recorder = session === undefined ? undefined : createEventRecorder(session.kube, log, () => new Date());
    session?.world.workspaces.onChange(({ type, object }) => {
      if (type === 'delete') recorder?.forget(object.metadata.name);
    });
  });
  return ({ who, call, workspace: id }, name) => {
    const workspace = id === undefined ? undefined : cluster.openSession?.world.workspaces.get(id);
    if (who.kind === 'local' || workspace === undefined || recorder === undefined) return;
    const note = `${name} (${who.device.name}): ${call}`;
    // It never rejects.
    void recorder.record(workspace, { type: 'Normal', reason: reasonOf(call), note }, ending.signal);
  };
}

/** `workspaces.stop` is `PeerStop`. */
function reasonOf(call: string): string {
  const verb = call.split('.').at(-1) ?? '';
  return `Peer${verb.charAt(0).toUpperCase()}${verb.slice(1)}`;
}
