import type { HostEvent } from '#contract/events.ts';
import type { Server } from '#contract/server.ts';

/** The workspaces that an event of the host's watch tells of as they are now. */
export function serversOf(event: HostEvent): readonly Server[] {
  if (event.type === 'snapshot') return event.servers;
  return event.type === 'upsert' ? [event.server] : [];
}
