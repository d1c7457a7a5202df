import { z } from 'zod';
import { assetCacheStatusSchema } from './asset-cache.ts';
import { cutTextOf, listOf, longest, mapOf, textOf, timeText } from './bounded.ts';
import { clusterStateSchema, problemSchema } from './cluster.ts';
import { apiConnectionsSchema } from './connections.ts';
import { tailnetStateSchema } from './tailnet.ts';
import { transportStatusSchema } from './transport.ts';

/** How a host fares: what it runs on, what it is connected to, and what of it does not work as it should, with the reason. */
export const hostStatusSchema = z.object({
  url: cutTextOf(longest.url),
  started_at: timeText,
  /** A session with a cluster is open: what `/readyz` says. */
  ready: z.boolean(),
  versions: z.object({
    guildnet: cutTextOf(longest.token),
    node: cutTextOf(longest.token),
    /** Of the cluster's API server, once it is known. */
    kubernetes: cutTextOf(longest.token).optional(),
    /** Revision of the Workspace resource that this host brings along. */
    crd: z.int().min(1),
  }),
  cluster: clusterStateSchema,
  /** Who reconciles the workspaces. unknown: there is no session with a cluster. */
  lease: z.object({
    held_by: z.enum(['this-host', 'another-host', 'nobody', 'unknown']),
    holder: cutTextOf(longest.reason).optional(),
  }),
  /** The operator of this host since the session began: workspaces that wait for it, looks that ended well, and those that are tried again. */
  operator: z.object({ waiting: z.int().min(0), reconciled: z.int().min(0), failed: z.int().min(0) }).optional(),
  /** How bytes reach a workspace. */
  transport: transportStatusSchema,
  /** Which connections to the API server there are, why, and how much they carry; absent without a session. */
  connections: apiConnectionsSchema.optional(),
  /** Assets of workspaces that are kept on this host's disk. */
  assets: assetCacheStatusSchema,
  tailnet: tailnetStateSchema,
  /** How many workspaces there are in each phase; absent without a session. */
  workspaces: mapOf(textOf(longest.label), z.int().min(0), 16).optional(),
  /** What does not work as it should, why, and what to do about it. Empty when all is well. */
  degraded: listOf(problemSchema, 256),
});
export type HostStatus = z.infer<typeof hostStatusSchema>;
