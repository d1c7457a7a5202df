import { z } from 'zod';
import { progressSchema } from './progress.ts';

/** What is wrong with the cluster's connection, in the words of an error. */
export const problemSchema = z.object({ code: z.string(), message: z.string(), remedy: z.string().optional() });
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
  context: z.string().optional(),
  server: z.string().optional(),
  namespace: z.string().optional(),
  version: z.string().optional(),
  /**
   * Which of the hosts on this namespace reconciles its workspaces: `holder` is a host's name and a random part, `self` says
   * that it is this one. Known while online; absent while nobody does.
   */
  leader: z.object({ holder: z.string(), self: z.boolean() }).optional(),
  problem: problemSchema.optional(),
  progress: progressSchema.optional(),
  /** Whether this machine could run the local cluster, and if not, why and what to do. */
  local: z.object({ available: z.boolean(), reason: z.string().optional(), remedy: z.string().optional() }),
});
export type ClusterState = z.infer<typeof clusterStateSchema>;

/** The leader as people know it: by its host's name. */
export function leaderName({ holder, self }: NonNullable<ClusterState['leader']>): string {
  return self ? 'this host' : holder.replace(/_[^_]*$/, '');
}
