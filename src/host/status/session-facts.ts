import type { Session } from '../cluster/session.ts';
import type { SessionFacts } from './host-status.ts';

/** What the status tells of an open session. */
export function sessionFacts(session: Session | undefined): SessionFacts | undefined {
  if (session === undefined) return undefined;
  const { world, workspaces, operator, transport, kube } = session;
  const { deployments, services, pods, replicaSets, claims, secrets, ingresses, policies, events } = world;
  return {
    leadership: operator.leadership,
    operator: operator.stats,
    watched: {
      workspaces: world.workspaces,
      deployments,
      services,
      pods,
      replicaSets,
      claims,
      secrets,
      ingresses,
      policies,
      events,
    },
    transport: transport.status(),
    connections: kube.access.connections.view(),
    phases: workspaces.list().map(({ phase }) => phase),
  };
}
