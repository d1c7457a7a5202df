import type { Problem } from '#contract/cluster.ts';
import type { Kube } from '../kube/clients.ts';
import { hasStatus } from '../kube/errors.ts';

/** Whether something in the cluster keeps NetworkPolicies, as far as one can see. */
export type Enforcement = 'kept' | 'not kept' | 'unknown';

/**
 * Network plugins and agents that keep NetworkPolicies, by the names of their DaemonSets, with what distributions put before or
 * behind them (https://kubernetes.io/docs/concepts/cluster-administration/addons/#networking-and-network-policy).
 */
const agents =
  /(?:^|-)(?:calico-node|canal|cilium|anetd|antrea-agent|kube-router|weave-net|ovnkube-node|azure-npm|kindnet|kube-network-policies)(?:-|$)/;

/** The local cluster's own, which is no DaemonSet: what it may do in the API. */
const localRole = '/apis/rbac.authorization.k8s.io/v1/clusterroles/guildnet-network-policies';

/** From the names of all DaemonSets, and the version, since k3s has its agent inside itself. Pure. */
export function enforcementOf(daemonSets: readonly string[], version: string): Enforcement {
  return /\+k3s/.test(version) || daemonSets.some((name) => agents.test(name)) ? 'kept' : 'not kept';
}

/** What people are told. Pure. */
export function enforcementNote(found: Enforcement): Problem | undefined {
  switch (found) {
    case 'kept':
      return undefined;
    case 'not kept':
      return {
        code: 'network_policy_not_kept',
        message:
          'Nothing is known in this cluster that keeps NetworkPolicies, so workspaces can reach one another over the network.',
        remedy:
          'Have a network plugin installed that does, such as Calico, Cilium or kube-router. WORKSPACE_NETWORK_POLICY=off leaves it at that, and this is no longer said.',
      };
    case 'unknown':
      return {
        code: 'network_policy_unknown',
        message: 'Whether this cluster keeps workspaces apart is not known: its DaemonSets may not be listed.',
        remedy:
          'Have "list" on daemonsets granted (`guildnet rbac` prints all that GuildNet needs), or ask who runs it.',
      };
  }
}

/** Looks once. Rejects as requests do, except where we may not look. */
export async function findEnforcement({ rest, version }: Pick<Kube, 'rest' | 'version'>): Promise<Enforcement> {
  const ask = async (path: string): Promise<unknown> => {
    try {
      return await rest.json('GET', path, {});
    } catch (error) {
      if (hasStatus(error, 403) || hasStatus(error, 404)) return undefined;
      throw error;
    }
  };
  if ((await ask(localRole)) !== undefined) return 'kept';
  const listed = (await ask('/apis/apps/v1/daemonsets')) as { items?: { metadata?: { name?: string } }[] } | undefined;
  const names = listed?.items?.flatMap(({ metadata }) => metadata?.name ?? []);
  return names === undefined ? 'unknown' : enforcementOf(names, version ?? '');
}
