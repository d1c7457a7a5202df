import type { ClusterState } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';

/** Where a command is meant to act, as far as it says. */
export interface Meant {
  context?: string | undefined;
  namespace?: string | undefined;
}

/**
 * Why a host is not the one that is meant; undefined when it is, or when nothing is said. A command for a context and namespace that the host does not
 * work with, nor has open beside that, does nothing there rather than something in the wrong place. Pure.
 */
export function otherCluster(meant: Meant, state: ClusterState, url: string): GuildNetError | undefined {
  const { context = 'none', namespace = 'none' } = state;
  const isOther =
    (meant.context !== undefined && meant.context !== state.context) ||
    (meant.namespace !== undefined && meant.namespace !== state.namespace);
  if (!isOther) return undefined;
  const wanted = [
    ...(meant.context === undefined ? [] : [`the context ${meant.context}`]),
    ...(meant.namespace === undefined ? [] : [`the namespace ${meant.namespace}`]),
  ].join(' and ');
  const use = `guildnet context use ${meant.context ?? context}${meant.namespace === undefined ? '' : ` -n ${meant.namespace}`}`;
  return new GuildNetError(
    'conflict',
    `${wanted.charAt(0).toUpperCase()}${wanted.slice(1)} is meant, and the host at ${url} works with the context ${context} and the namespace ${namespace}.`,
    {
      remedy: `Have it open that one, too ("${use.replace(' use ', ' open ')}"), have it change ("${use}"), or name another host with --host.`,
    },
  );
}
