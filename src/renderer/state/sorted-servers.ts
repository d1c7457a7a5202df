import type { Server } from '#contract/server.ts';

/** Newest first; by name among those of one moment. The order does not depend on the phase, so that rows stay in place. */
export function sortedServers(servers: Record<string, Server>): Server[] {
  // Read once each: what is sorted is a store, whose every reading is followed.
  return Object.values(servers)
    .map((server) => ({ server, at: server.created_at ?? '', name: server.name }))
    .toSorted((a, b) => compareText(b.at, a.at) || a.name.localeCompare(b.name))
    .map(({ server }) => server);
}

/** By code units, which is right for dates of one form and much quicker than by a language's rules. */
function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
