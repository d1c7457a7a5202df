import type { AssetCacheStatus } from '#contract/asset-cache.ts';
import type { ClusterState, Problem } from '#contract/cluster.ts';
import { cutText, longest } from '#contract/bounded.ts';
import type { ApiConnections } from '#contract/connections.ts';
import { crdRevision } from '#contract/crd.ts';
import type { GuildNetError } from '#contract/errors.ts';
import type { HostStatus } from '#contract/host-status.ts';
import type { Phase } from '#contract/workspace.ts';
import type { TailnetState } from '#contract/tailnet.ts';
import type { TransportKind, TransportStatus } from '#contract/transport.ts';
import type { Leadership } from '../operator/leader/leadership.ts';
import type { OperatorStats } from '../operator/operator.ts';
import { lossesOf } from '../proxy/transport/ways/losses.ts';

/** What is known of one session, as far as the status tells of it. */
export interface SessionFacts {
  leadership: Leadership;
  operator: OperatorStats;
  /** What is watched, by its name, with what keeps it from being seen. */
  watched: Readonly<Record<string, { state: string; problem: GuildNetError | undefined }>>;
  phases: readonly Phase[];
  transport: TransportStatus;
  connections: ApiConnections;
}

export interface StatusFacts {
  version: string;
  nodeVersion: string;
  url: string;
  startedAt: Date;
  cluster: ClusterState;
  /** The contexts that are open beside the one in use. */
  others?: readonly { name: string; problem?: Problem | undefined }[];
  session: SessionFacts | undefined;
  /** The ways to the pods that the configuration allows, the best first. */
  ways: readonly TransportKind[];
  assets: AssetCacheStatus;
  tailnet: TailnetState;
}

/** How a host fares, from what its parts know. Pure. */
export function hostStatus({
  version,
  nodeVersion,
  url,
  startedAt,
  cluster,
  others = [],
  session,
  ways,
  assets,
  tailnet,
}: StatusFacts): HostStatus {
  return {
    url,
    started_at: startedAt.toISOString(),
    ready: session !== undefined,
    versions: {
      guildnet: version,
      node: nodeVersion,
      ...(cluster.version === undefined ? {} : { kubernetes: cluster.version }),
      crd: crdRevision,
    },
    cluster,
    lease: leaseOf(session?.leadership),
    ...(session === undefined ? {} : { operator: operatorOf(session.operator) }),
    transport: session?.transport ?? untriedTransport(ways),
    ...(session === undefined ? {} : { connections: session.connections }),
    assets,
    tailnet,
    ...(session === undefined ? {} : { workspaces: counted(session.phases) }),
    degraded: degradedOf(cluster, session, { others, assets, tailnet }),
  };
}

/** Before there is a session: what would be tried. */
function untriedTransport(ways: readonly TransportKind[]): TransportStatus {
  const kind = ways[0] ?? 'spdy';
  return { kind, losses: [...lossesOf(kind)], ways: ways.map((one) => ({ kind: one, state: 'untried' })) };
}

/** What is lost on the way that is taken is worth knowing where it is not the one that would lose nothing. */
function transportProblem({ kind, losses, why }: TransportStatus): Problem[] {
  if (losses.length === 0) return [];
  const because = why === undefined ? '' : ` ${why}`;
  const message = cutText(
    `Workspaces are reached by ${kind}, on which something is lost. ${losses.join(' ')}${because}`,
    longest.reason,
  );
  const remedy =
    'Allow "get" and "create" on pods/portforward to the user of the kubeconfig, and leave GUILDNET_TRANSPORT out.';
  return [{ code: 'unsupported', message, remedy }];
}

function assetsProblem({ why }: AssetCacheStatus): Problem[] {
  const remedy = 'Make room on the disk, or set GUILDNET_ASSET_CACHE=off.';
  return why === undefined ? [] : [{ code: 'not_ready', message: why, remedy }];
}

function leaseOf(leadership: Leadership | undefined): HostStatus['lease'] {
  if (leadership === undefined) return { held_by: 'unknown' };
  const { holder, self } = leadership;
  if (holder === undefined) return { held_by: 'nobody' };
  return { held_by: self ? 'this-host' : 'another-host', holder };
}

function operatorOf({ depth, reconciled, failed }: OperatorStats): HostStatus['operator'] {
  return { waiting: depth, reconciled, failed };
}

function counted(phases: readonly Phase[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const phase of phases) counts[phase] = (counts[phase] ?? 0) + 1;
  return counts;
}

/** The connection's own problem, what cannot be watched, who cannot reconcile, and what should be mended all the same. Each once. */
function degradedOf(
  cluster: ClusterState,
  session: SessionFacts | undefined,
  { others, assets, tailnet }: Pick<StatusFacts, 'assets' | 'tailnet'> & Pick<Required<StatusFacts>, 'others'>,
): Problem[] {
  const unseen = Object.entries(session?.watched ?? {}).flatMap(([what, { state, problem }]): Problem[] =>
    state === 'online' || state === 'syncing' ? [] : [unseenProblem(what, state, problem)],
  );
  const lease = session?.leadership.problem;
  const all = [
    ...(cluster.problem === undefined ? [] : [cluster.problem]),
    ...(lease === undefined ? [] : [problemOf(lease)]),
    ...unseen,
    ...(cluster.notes ?? []),
    ...(session === undefined ? [] : transportProblem(session.transport)),
    ...assetsProblem(assets),
    ...(tailnet.problem === undefined ? [] : [tailnet.problem]),
    ...others.flatMap(({ name, problem }) => (problem === undefined ? [] : [contextProblem(name, problem)])),
  ];
  return all.filter((one, at) => all.findIndex(({ message }) => message === one.message) === at);
}

function unseenProblem(what: string, state: string, problem: GuildNetError | undefined): Problem {
  if (problem !== undefined) return problemOf(problem);
  return { code: 'not_ready', message: `The cluster's ${what} are not seen: the watch is ${state}.` };
}

/** Whose problem it is: several contexts may not answer, each for a reason of its own. */
function contextProblem(name: string, problem: Problem): Problem {
  return { ...problem, message: cutText(`The context ${name}: ${problem.message}`, longest.message) };
}

function problemOf({ code, message, remedy }: GuildNetError): Problem {
  return { code, message, ...(remedy === undefined ? {} : { remedy }) };
}
