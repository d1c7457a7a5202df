import { z } from 'zod';
import { cutTextOf, listOf, longest, most } from './bounded.ts';
import { progressSchema } from './progress.ts';

/** What is wrong with the cluster's connection, in the words of an error. */
export const problemSchema = z.object({
  code: cutTextOf(longest.token),
  message: cutTextOf(longest.message),
  remedy: cutTextOf(longest.message).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/**
 * The host's connection to its cluster, as every face shows it.
 * none: no cluster is configured; building: the local cluster is being built or started; connecting: first contact;
 * online; offline: it answered once or is configured and does not answer now (retried by itself); refused: it answers and
 * will not have us (credentials, RBAC), or the kubeconfig is unusable: a person has to act.
 */
export const clusterStateSchema = z.object({
  phase: z.enum(['none', 'building', 'connecting', 'online', 'offline', 'refused']),
  source: z.enum(['kubeconfig', 'in-cluster', 'local']).optional(),
  context: cutTextOf(longest.path).optional(),
  server: cutTextOf(longest.url).optional(),
  namespace: cutTextOf(longest.name).optional(),
  version: cutTextOf(longest.token).optional(),
  /**
   * Which of the hosts on this namespace reconciles its workspaces: `holder` is a host's name and a random part, `self` says
   * that it is this one. Known while online; absent while nobody does.
   */
  leader: z.object({ holder: cutTextOf(longest.reason), self: z.boolean() }).optional(),
  problem: problemSchema.optional(),
  /** What should be mended although the cluster works: a password that everybody knows, say. */
  notes: listOf(problemSchema, most.inAList).optional(),
  progress: progressSchema.optional(),
  /** Whether this machine could run the local cluster, and if not, why and what to do. */
  local: z.object({
    available: z.boolean(),
    reason: cutTextOf(longest.message).optional(),
    remedy: cutTextOf(longest.message).optional(),
  }),
});
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** The leader as people know it: by its host's name. */
export function leaderName({ holder, self }: NonNullable<ClusterState['leader']>): string {
  return self ? 'this host' : holder.replace(/_[^_]*$/, '');
}
