import { z } from 'zod';
import { cutTextOf, listOf, longest, timeText } from './bounded.ts';

/** What connections to the API server are for. */
export const connectionUseSchema = z.enum(['requests', 'streams', 'tunnels', 'terminals', 'pod-proxy']);
export type ConnectionUse = z.infer<typeof connectionUseSchema>;

const count = z.int().min(0);
const carried = {
  what: connectionUseSchema,
  /** What is spoken on them after the TLS handshake. */
  protocol: cutTextOf(longest.label),
  open: count,
  /** As they are seen from here, without TLS. Of those that are open, or of all that there were. */
  bytes_in: count,
  bytes_out: count,
};

/** Which connections to the API server there are, why, and how much they carry. */
export const apiConnectionsSchema = z.object({
  /** Since the host has been connected to this cluster. */
  totals: listOf(
    z.object({
      ...carried,
      why: cutTextOf(longest.reason),
      /** How many were opened. */
      opened: count,
    }),
    64,
  ),
  /** Those that are open now, by the pod that they lead to; those that have carried the most first. */
  pods: listOf(z.object({ ...carried, pod: cutTextOf(longest.name), since: timeText }), 64),
  /** Groups of `pods` beyond those that are listed. */
  more: count,
});
export type ApiConnections = z.infer<typeof apiConnectionsSchema>;
