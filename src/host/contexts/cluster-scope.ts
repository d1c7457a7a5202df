import { createActEvents } from '../audit/act-events.ts';
import type { Act } from '../audit/audit.ts';
import type { ClusterConnection } from '../cluster/connection.ts';
import { createForwards } from '../forwards/forwards.ts';
import type { Forwards } from '../forwards/forwards.ts';
import type { Log } from '../observability/log.ts';
import { createGate } from '../permission/gate.ts';
import type { Gate, GateOptions } from '../permission/gate.ts';
import type { TargetRules } from '../proxy/resolve/resolver.ts';
import { createUpstreams } from '../proxy/upstream.ts';
import type { Upstreams } from '../proxy/upstream.ts';
import { awaitedWorkspaces } from '../proxy/waiting/awaited-workspaces.ts';
import type { Awaited } from '../proxy/waiting/patient-proxy.ts';
import { createShares } from '../sharing/shares.ts';
import type { Shares } from '../sharing/shares.ts';
import type { Tailnet } from '../tailnet/tailnet.ts';

/** What a host makes of one cluster: the connection, and all that knows nothing of any other cluster. */
export interface ClusterScope {
  readonly cluster: ClusterConnection;
  readonly awaited: Awaited;
  readonly forwards: Forwards;
  readonly upstreams: Upstreams;
  /** Who may do what there, by that cluster's own policies. */
  readonly gate: Gate;
  readonly shares: Shares;
  /** What peers did, told in that cluster. Never throws. */
  tell(act: Act, who: string): void;
  /** Ends all of it, and the connection. */
  close(): Promise<void>;
}

export interface ScopeOptions {
  /** Requests may start stopped workspaces. */
  mayWake: boolean;
  rules: TargetRules;
  /** The port that we listen on, once it is known. */
  ownPort(): number;
  tailnet: Pick<Tailnet, 'dial' | 'locate' | 'state'>;
  localUser: string;
  peers?: NonNullable<GateOptions['peers']>;
  log: Log;
}

/** Made before the connection is started, so that nothing of it is missed. */
export function createClusterScope(
  cluster: ClusterConnection,
  { mayWake, rules, ownPort, tailnet, localUser, peers, log }: ScopeOptions,
): ClusterScope {
  const closing = new AbortController();
  const awaited = awaitedWorkspaces(cluster);
  const forwards = createForwards({ cluster, awaited, mayWake, log });
  const upstreams = createUpstreams({ cluster, rules, ownPort, tailnet, log });
  const gate = createGate({
    cluster,
    localUser,
    ...(peers === undefined ? {} : { peers }),
    until: closing.signal,
    log,
  });
  return {
    cluster,
    awaited,
    forwards,
    upstreams,
    gate,
    shares: createShares({ cluster, gate, log }),
    tell: createActEvents({ cluster, log }),
    async close() {
      closing.abort();
      upstreams.close();
      await Promise.all([forwards.close(), cluster.stop()]);
    },
  };
}
