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
 * A port that a workspace declares, or one that something was found to listen at. `listening` is true where it is known to be open,
 * false where it is known not to be, and absent where that is not known.
 */
export const workspacePortSchema = z.object({
  port: z.int().min(1).max(65_535),
  /** Empty where nobody has declared it. */
  name: cutTextOf(longest.label),
  declared: z.boolean(),
  protocol: cutTextOf(longest.label),
  scheme: z.enum(['http', 'https']),
  listening: z.boolean().optional(),
  /** Where this host's proxy shows it; absent for what is not TCP, and where no browser finds anything. */
  url: cutTextOf(longest.url).optional(),
});
export type WorkspacePort = z.infer<typeof workspacePortSchema>;
export const workspacePortsSchema = listOf(workspacePortSchema, 256);
