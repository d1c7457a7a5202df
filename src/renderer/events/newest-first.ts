import type { WorkspaceEvent } from '#contract/workspace-events.ts';

/** The newest first, which people look for; those without a time that can be read come last. Pure. */
export function newestFirst(events: readonly WorkspaceEvent[]): WorkspaceEvent[] {
  const at = ({ last_at: time }: WorkspaceEvent): number => {
    const ms = Date.parse(time);
    return Number.isNaN(ms) ? -Infinity : ms;
  };
  // The API's order is the oldest first: of two at the same time the later one stands above.
  return events.toReversed().toSorted((one, other) => (at(one) === at(other) ? 0 : at(other) > at(one) ? 1 : -1));
}
