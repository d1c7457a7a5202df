import { z } from 'zod';
import { cutTextOf, listOf, longest, most, textOf } from './bounded.ts';
import { problemSchema } from './cluster.ts';

/** Processor time in cores, memory in bytes. */
export const amountsSchema = z.object({ cpu: z.number().min(0), memory: z.number().min(0) });
export type Amounts = z.infer<typeof amountsSchema>;

const withPods = amountsSchema.extend({ pods: z.int().min(0) });

export const clusterNodeSchema = z.object({
  name: cutTextOf(longest.name),
  ready: z.boolean(),
  /** New pods may be put on it. */
  schedulable: z.boolean(),
  /** What its kubelet complains of, in its own words. */
  complaints: listOf(cutTextOf(longest.reason), 64),
  version: cutTextOf(longest.token).optional(),
  architecture: cutTextOf(longest.token).optional(),
  /** What pods may ask for in all. */
  allocatable: withPods,
  /** What the pods on it have asked for; of those that may be seen. */
  requested: withPods,
  /** What is used by everything on it; known where the cluster has a metrics-server. */
  used: amountsSchema.optional(),
});
export type ClusterNode = z.infer<typeof clusterNodeSchema>;

export const workspaceShareSchema = z.object({
  id: textOf(longest.name),
  node: cutTextOf(longest.name).optional(),
  requested: amountsSchema,
  used: amountsSchema.optional(),
});
export type WorkspaceShare = z.infer<typeof workspaceShareSchema>;

/** What the cluster has, and what it is used for. Each part that could not be seen says why, and the others are there. */
export const clusterResourcesSchema = z.object({
  nodes: listOf(clusterNodeSchema, most.objects),
  /** Workspaces with a pod, those that ask for the most memory first. */
  workspaces: listOf(workspaceShareSchema, most.objects),
  problems: z.object({
    nodes: problemSchema.optional(),
    /** Why other people's pods are not counted, or not all of them. */
    others: problemSchema.optional(),
    usage: problemSchema.optional(),
  }),
});
export type ClusterResources = z.infer<typeof clusterResourcesSchema>;

const clusterRightSchema = z.object({
  /** What GuildNet needs it for, and what does not work without it. */
  why: cutTextOf(longest.reason),
  scope: z.enum(['namespace', 'cluster']),
  /** What the rule grants: `get, list pods`. */
  grants: cutTextOf(longest.reason),
  /** Of that, what the cluster does not let this host do. Empty: all is granted. */
  missing: listOf(cutTextOf(longest.reason), most.entries),
  /** Without it the host is of no use. */
  vital: z.boolean(),
});
export type ClusterRight = z.infer<typeof clusterRightSchema>;

/** Every rule of `guildnet rbac`, and how much of it is granted. */
export const clusterRightsSchema = z.object({
  user: cutTextOf(longest.name),
  namespace: cutTextOf(longest.name),
  rules: listOf(clusterRightSchema, most.entries),
});
export type ClusterRights = z.infer<typeof clusterRightsSchema>;
