import { z } from 'zod';
import { cutTextOf, listOf, longest } from './bounded.ts';

/** What the cluster has told of a workspace and of what belongs to it: Kubernetes' Events, the oldest first. */
export const workspaceEventSchema = z.object({
  type: z.enum(['Normal', 'Warning']),
  reason: cutTextOf(longest.reason),
  message: cutTextOf(longest.message),
  /** The object that it is about, such as Pod/code-server-1a2b3-…. */
  about: z.object({ kind: cutTextOf(longest.name), name: cutTextOf(longest.name) }),
  /** How often, and when last (RFC 3339). */
  count: z.int().min(1),
  last_at: cutTextOf(longest.token),
});
export type WorkspaceEvent = z.infer<typeof workspaceEventSchema>;
/** Kubernetes forgets them after an hour. */
export const workspaceEventsSchema = listOf(workspaceEventSchema, 1_000);

/**
 * A port that a workspace declares. `listening` is true where the kubelet has found it open, false where it looks and has not;
 * absent where nobody has looked: only the first port is probed.
 */
export const workspacePortSchema = z.object({
  port: z.int().min(1).max(65_535),
  name: cutTextOf(longest.label),
  protocol: cutTextOf(longest.label),
  scheme: z.enum(['http', 'https']),
  listening: z.boolean().optional(),
  /** Where this host's proxy shows it; absent for what is not TCP. */
  url: cutTextOf(longest.url).optional(),
});
export type WorkspacePort = z.infer<typeof workspacePortSchema>;
export const workspacePortsSchema = listOf(workspacePortSchema, 64);
