import { expect, test } from 'vitest';
import type { HostEvent } from '#contract/events.ts';
import { eventsFor, shownTo } from './shown-to.ts';

const server = (id: string) => ({ id, name: id, image: 'a', status: 'running', phase: 'Running' }) as const;
const home = (id: string) => ({ id, state: 'kept' }) as never;
const snapshot = (...ids: string[]): HostEvent => ({
  type: 'snapshot',
  servers: ids.map(server),
  homes: ids.map(home),
  cluster: { phase: 'online' } as never,
});

async function told(events: HostEvent[], sees: (id: string) => boolean): Promise<string[]> {
  const source = async function* (): AsyncGenerator<HostEvent> {
    await Promise.resolve();
    yield* events;
  };
  const seen: string[] = [];
  for await (const event of eventsFor(source(), sees)) {
    const ids = event.type === 'snapshot' ? event.servers.map(({ id }) => id).join() : '';
    const { id = ids } = {
      ...('server' in event ? event.server : {}),
      ...('home' in event ? event.home : {}),
      ...event,
    } as {
      id?: string;
    };
    seen.push(`${event.type} ${id}`.trim());
  }
  return seen;
}

test('a watcher hears only of what they may see', async () => {
  const events: HostEvent[] = [
    snapshot('a', 'b'),
    { type: 'upsert', server: server('a') },
    { type: 'upsert', server: server('b') },
    { type: 'home', home: home('b') },
    { type: 'delete', id: 'b' },
    { type: 'home-delete', id: 'b' },
    { type: 'cluster', cluster: { phase: 'online' } as never },
    { type: 'delete', id: 'a' },
  ];
  expect(await told(events, (id) => id === 'a')).toEqual(['snapshot a', 'upsert a', 'cluster', 'delete a']);
});

test('what they may not see any more is gone, once', async () => {
  let allowed = true;
  const sees = (): boolean => {
    const now = allowed;
    allowed = false;
    return now;
  };
  const events: HostEvent[] = [
    { type: 'upsert', server: server('a') },
    { type: 'upsert', server: server('a') },
    { type: 'upsert', server: server('a') },
    { type: 'delete', id: 'a' },
  ];
  expect(await told(events, sees)).toEqual(['upsert a', 'delete a']);
});

test('lists and pages are without the rest', () => {
  const sees = (id: string): boolean => id === 'a';
  expect(shownTo.servers([{ id: 'a' }, { id: 'b' }], sees)).toEqual([{ id: 'a' }]);
  expect(shownTo.page({ items: [{ id: 'b' }, { id: 'a' }], next: 'n' }, sees)).toEqual({
    items: [{ id: 'a' }],
    next: 'n',
  });
});
