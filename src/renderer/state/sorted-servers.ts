import type { Server } from '#contract/server.ts';

/** Newest first; by name among those of one moment. The order does not depend on the phase, so that rows stay in place. */
export function sortedServers(servers: Record<string, Server>): Server[] {
  return Object.values(servers).toSorted(
    (a, b) => (b.created_at ?? '').localeCompare(a.created_at ?? '') || a.name.localeCompare(b.name),
  );
}
