import { GuildNetError } from '#contract/errors.ts';
import { fromKubeError, hasStatus, statusOf } from '../../kube/errors.ts';

/** Who reconciles, as this host knows it. */
export interface Leadership {
  /** The identity in the lease; undefined while nobody holds it or nothing is known. */
  holder?: string;
  /** This host does. */
  self: boolean;
  /** Why this host cannot take part. */
  problem?: GuildNetError;
}

/** The problem behind a failed attempt, when it is one that a person has to solve: rights, or the namespace, that are missing. */
export function electionProblem(error: unknown): GuildNetError | undefined {
  if (!hasStatus(error, 403) && !namespaceIsMissing(error)) return undefined;
  const { code, message, remedy, details } = fromKubeError(error, 'taking the lease "guildnet-operator"');
  return new GuildNetError(
    code,
    `${message} Without it this host does not reconcile workspaces, because another one might do so at the same time.`,
    { ...(remedy === undefined ? {} : { remedy }), details, cause: error },
  );
}

/** A lease that is gone is made again by the next attempt; in a namespace that is not there none can be made. */
function namespaceIsMissing(error: unknown): boolean {
  return hasStatus(error, 404) && statusOf(error)?.details?.kind === 'namespaces';
}
