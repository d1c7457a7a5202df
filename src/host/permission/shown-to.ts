import type { HostEvent } from '#contract/events.ts';
import type { WorkspacePage } from '#contract/workspace-resource.ts';

type Sees = (id: string) => boolean;
type Listed = readonly { id: string }[];

/** What is left of an answer for somebody who sees but these. */
export const shownTo = {
  servers: (output: unknown, sees: Sees): unknown => (output as Listed).filter(({ id }) => sees(id)),
  homes: (output: unknown, sees: Sees): unknown => (output as Listed).filter(({ id }) => sees(id)),
  // A page may be shorter than it was asked to be; `next` goes on from there all the same.
  page(output: unknown, sees: Sees): unknown {
    const page = output as WorkspacePage;
    return { ...page, items: page.items.filter(({ id }) => sees(id)) };
  },
  events: (output: unknown, sees: Sees): unknown => eventsFor(output as AsyncIterable<HostEvent>, sees),
};

/** A workspace that they may not see any more is deleted, for them; of one that they never saw nothing is said. */
export async function* eventsFor(events: AsyncIterable<HostEvent>, sees: Sees): AsyncGenerator<HostEvent, void, void> {
  const seen = { server: new Set<string>(), home: new Set<string>() };
  const look = (kind: keyof typeof seen, id: string): 'shown' | 'gone' | 'hidden' => {
    if (!sees(id)) return seen[kind].delete(id) ? 'gone' : 'hidden';
    seen[kind].add(id);
    return 'shown';
  };
  for await (const event of events) {
    switch (event.type) {
      case 'snapshot': {
        seen.server.clear();
        seen.home.clear();
        const servers = event.servers.filter(({ id }) => look('server', id) === 'shown');
        const homes = event.homes.filter(({ id }) => look('home', id) === 'shown');
        yield { ...event, servers, homes };
        break;
      }
      case 'upsert': {
        const { id } = event.server;
        const standing = look('server', id);
        if (standing === 'shown') yield event;
        else if (standing === 'gone') yield { type: 'delete', id };
        break;
      }
      case 'home': {
        const { id } = event.home;
        const standing = look('home', id);
        if (standing === 'shown') yield event;
        else if (standing === 'gone') yield { type: 'home-delete', id };
        break;
      }
      case 'delete':
        if (seen.server.delete(event.id)) yield event;
        break;
      case 'home-delete':
        if (seen.home.delete(event.id)) yield event;
        break;
      default:
        yield event;
    }
  }
}
