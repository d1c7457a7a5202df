import type { Problem } from '#contract/cluster.ts';
import { GuildNetError } from '#contract/errors.ts';

/** An error as the cluster's state shows it. */
export function problemOf({ code, message, remedy }: GuildNetError): Problem {
  return { code, message, ...(remedy === undefined ? {} : { remedy }) };
}

/**
 * The error of a call that needs a cluster, when what is wrong with the cluster is `error`: always a 503, since nothing
 * is wrong with the call. The reason and the remedy stay.
 */
export function asUnavailable(error: GuildNetError): GuildNetError {
  if (error.status === 503) return error;
  const unusable = ['forbidden', 'bad_config', 'unsupported'].includes(error.code);
  return new GuildNetError(unusable ? 'no_cluster' : 'cluster_offline', error.message, {
    ...(error.remedy === undefined ? {} : { remedy: error.remedy }),
    details: { ...error.details, reason: error.code },
    cause: error,
  });
}
