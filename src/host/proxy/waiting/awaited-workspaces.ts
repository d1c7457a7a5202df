import { annotations } from '#contract/annotations.ts';
import type { ClusterConnection } from '../../cluster/connection.ts';
import type { Session } from '../../cluster/session.ts';
import { obstacleOf } from './obstacle.ts';
import type { Awaited } from './patient-proxy.ts';
import { standingOf } from './pod-standing.ts';

/** The workspaces of the cluster that the host is connected to, for whoever waits for one of them. */
export function awaitedWorkspaces(cluster: ClusterConnection): Awaited {
  return {
    get isAway() {
      const { phase } = cluster.state;
      return cluster.openSession === undefined && (phase === 'connecting' || phase === 'offline');
    },
    get isCurrent() {
      return cluster.openSession?.world.pods.state === 'online';
    },
    obstacle(ask) {
      const world = cluster.openSession?.world;
      if (world === undefined) return undefined;
      const { id } = ask;
      const [workspace, service] = [world.workspaces.get(id), world.services.get(id)];
      return obstacleOf({ ask, workspace, service, pods: world.podsOf(id) });
    },
    standing(id, podUid) {
      const world = cluster.openSession?.world;
      // Nothing is known of it any more, and nothing could be sent to another one.
      if (world === undefined) return 'serving';
      return standingOf(podUid, world.workspaces.get(id), world.podsOf(id));
    },
    onChange(id, listener) {
      let ends: (() => void)[] = [];
      const detach = (): void => {
        for (const end of ends.splice(0)) end();
      };
      const attach = (session: Session | undefined): void => {
        detach();
        if (session === undefined) return;
        const { world } = session;
        ends = [
          world.workspaces.onChange(({ object }) => object.metadata.name === id && listener()),
          world.services.onChange(({ object }) => object.metadata?.name === id && listener()),
          world.onPods((changed) => changed === id && listener()),
        ];
        listener();
      };
      attach(cluster.openSession);
      const endSession = cluster.onSession(attach);
      const endState = cluster.onState(() => listener());
      return () => {
        endSession();
        endState();
        detach();
      };
    },
    wasIdle: (id) =>
      cluster.openSession?.world.workspaces.get(id)?.metadata.annotations?.[annotations.stopReason] !== undefined,
    async wake(id) {
      await cluster.session().workspaces.setRunning(id, true);
    },
  };
}
