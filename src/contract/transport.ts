import { z } from 'zod';
import { cutTextOf, listOf, longest, timeText } from './bounded.ts';

/**
 * The ways by which bytes may reach a pod. spdy: port-forward by SPDY/3.1; spdy-websocket: the same in a WebSocket (Kubernetes 1.31 and later);
 * channels: port-forward by a WebSocket for each connection; pod-proxy: the `pods/proxy` subresource, for HTTP without upgrades; direct:
 * connections to the pod's own address.
 */
export const transportKindSchema = z.enum(['spdy', 'spdy-websocket', 'channels', 'pod-proxy', 'direct']);
export type TransportKind = z.infer<typeof transportKindSchema>;

/** What is known of one way. */
export const transportStateSchema = z.object({
  kind: transportKindSchema,
  /** untried: nothing has gone that way yet; works: it has carried bytes; shut: another is used instead, until `again_at`. */
  state: z.enum(['untried', 'works', 'shut']),
  /** Why it is shut. */
  why: cutTextOf(longest.reason).optional(),
  again_at: timeText.optional(),
});
export type TransportState = z.infer<typeof transportStateSchema>;

/** How bytes reach the workspaces. */
export const transportStatusSchema = z.object({
  /** The way that a connection would take now. */
  kind: transportKindSchema,
  /** Why it is this one, where it is not the one that is tried first. */
  why: cutTextOf(longest.message).optional(),
  /** What is lost on this way. Empty: every byte arrives as it was sent. */
  losses: listOf(cutTextOf(longest.reason), 16),
  /** All that may be used, in the order in which they are tried. */
  ways: listOf(transportStateSchema, 5),
});
export type TransportStatus = z.infer<typeof transportStatusSchema>;
