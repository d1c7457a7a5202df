import { expect, test, vi } from 'vitest';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { createWorkspaceStream } from './workspace-stream.ts';
import type { ResourceChange, StreamLimits, TrackResources } from './workspace-stream.ts';
import type { StreamEvent } from './stream-event.ts';

const limits: StreamLimits = { changes: 4, bytes: 1 << 20, lingerMs: 1_000 };

function workspace(id: string, etag = '"1"'): WorkspaceResource {
  return {
    id,
    etag,
    labels: {},
    spec: { image: 'an/image', mode: 'Running', env: {}, env_hidden: [] } as unknown as WorkspaceResource['spec'],
    status: { phase: 'Running', url: 'https://x/', changed_from_next_start: false, conditions: [] },
  };
}

/** A session's workspaces that the test changes. */
function session(...first: WorkspaceResource[]) {
  const values = new Map(first.map((one) => [one.id, one]));
  const listeners = new Set<(change: ResourceChange) => void>();
  const tell = (change: ResourceChange): void => {
    for (const listener of listeners) listener(change);
  };
  const track: TrackResources = (listener) => {
    listeners.add(listener);
    return { list: () => [...values.values()], stop: () => void listeners.delete(listener) };
  };
  return {
    track,
    get isTracked() {
      return listeners.size > 0;
    },
    set(one: WorkspaceResource) {
      values.set(one.id, one);
      tell({ workspace: one });
    },
    delete(id: string) {
      values.delete(id);
      tell({ deleted: id });
    },
  };
}

const never = new AbortController().signal;
const words = ({ change }: StreamEvent): string => {
  if (change.type === 'list') return `list ${change.items.map(({ id }) => id).join(' ')}`.trim();
  if (change.type === 'changed') return `changed ${change.workspace.id} ${change.workspace.etag}`;
  return change.type === 'deleted' ? `deleted ${change.id}` : `notice ${change.notice}`;
};

/** A reader that takes one batch at a time. */
function reader(stream: ReturnType<typeof createWorkspaceStream>, lastId?: string, signal: AbortSignal = never) {
  const batches = stream.follow(lastId, signal);
  const next = async (): Promise<readonly StreamEvent[]> => {
    const batch = await batches.next();
    return batch.done === true ? [] : batch.value;
  };
  return { next, told: async () => (await next()).map(words), leave: () => batches.return() };
}

test('the list, then what changes, in order', async () => {
  const own = session(workspace('a'));
  const stream = createWorkspaceStream(limits);
  stream.use(own.track);
  const { told } = reader(stream);
  expect(await told()).toEqual(['list a']);
  own.set(workspace('b'));
  own.delete('a');
  expect(await told()).toEqual(['changed b "1"', 'deleted a']);
  const waiting = told();
  own.set(workspace('b', '"2"'));
  expect(await waiting).toEqual(['changed b "2"']);
  expect(await reader(stream).told()).toEqual(['list b']);
});

test('an event is what JSON makes of it, with the id to go on from', async () => {
  const own = session(workspace('ä'));
  const stream = createWorkspaceStream(limits);
  stream.use(own.track);
  const { next } = reader(stream);
  const [list] = await next();
  own.set(workspace('b'));
  own.delete('b');
  for (const event of [list, ...(await next())]) {
    expect(event?.bytes().toString()).toBe(`id: ${event?.id ?? ''}\ndata: ${JSON.stringify(event?.change)}\n\n`);
  }
});

test('one list is made for all who read it, and another after a change', async () => {
  const own = session(workspace('a'));
  const stream = createWorkspaceStream(limits);
  stream.use(own.track);
  const [[one], [other]] = await Promise.all([reader(stream).next(), reader(stream).next()]);
  expect(one).toBeDefined();
  expect(other?.bytes()).toBe(one?.bytes());
  own.set(workspace('b'));
  const [later] = await reader(stream).next();
  expect(later?.bytes()).not.toBe(one?.bytes());
});

test('who comes back with an id is told what happened since, without a gap or a repeat', async () => {
  const own = session(workspace('a'));
  const stream = createWorkspaceStream(limits);
  stream.use(own.track);
  const first = reader(stream);
  await first.next();
  for (const etag of ['"2"', '"3"', '"4"']) own.set(workspace('a', etag));
  const events = await first.next();
  await first.leave();
  expect(await reader(stream, events[0]?.id).told()).toEqual(['changed a "3"', 'changed a "4"']);
  const last = reader(stream, events[2]?.id);
  const waiting = last.told();
  own.delete('a');
  expect(await waiting).toEqual(['deleted a']);
});

test.each(['nonsense', `${'0'.repeat(16)}.3`])('with the id %s it is told the list', async (id) => {
  const stream = createWorkspaceStream(limits);
  stream.use(session(workspace('a')).track);
  expect(await reader(stream, id).told()).toEqual(['list a']);
});

test('who was away for longer than changes are kept is told the list; who is too slow is told so, and ends', async () => {
  const own = session(workspace('a'));
  const stream = createWorkspaceStream(limits);
  stream.use(own.track);
  const slow = reader(stream);
  const [list] = await slow.next();
  for (let count = 0; count < 5; count += 1) own.set(workspace('a', String(count)));
  expect(await reader(stream, list?.id).told()).toEqual(['list a']);
  expect(await slow.told()).toEqual(['notice dropped']);
  expect(await slow.told()).toEqual([]);
});

test('when the session ends it is told so, and the list of the next one', async () => {
  const stream = createWorkspaceStream(limits);
  stream.use(session(workspace('a')).track);
  const { told } = reader(stream);
  await told();
  stream.use(undefined);
  expect(await told()).toEqual(['notice interrupted']);
  const waiting = told();
  stream.use(session(workspace('b')).track);
  expect(await waiting).toEqual(['list b']);
});

test('workspaces are looked at while somebody reads, and for a while after that', async () => {
  vi.useFakeTimers();
  const own = session(workspace('a'));
  const stream = createWorkspaceStream(limits);
  stream.use(own.track);
  expect(own.isTracked).toBe(false);
  const first = reader(stream);
  const [list] = await first.next();
  await first.leave();
  own.set(workspace('b'));
  vi.advanceTimersByTime(limits.lingerMs - 1);
  const second = reader(stream, list?.id);
  expect(await second.told()).toEqual(['changed b "1"']);
  vi.advanceTimersByTime(limits.lingerMs);
  expect(own.isTracked).toBe(true);
  await second.leave();
  vi.advanceTimersByTime(limits.lingerMs);
  expect(own.isTracked).toBe(false);
  vi.useRealTimers();
});

test('an abort and the end of the host end it', async () => {
  const stream = createWorkspaceStream(limits);
  stream.use(session(workspace('a')).track);
  const leaving = new AbortController();
  const [one, other] = [reader(stream, undefined, leaving.signal), reader(stream)];
  await Promise.all([one.next(), other.next()]);
  const ends = [one.told(), other.told()] as const;
  leaving.abort();
  expect(await ends[0]).toEqual([]);
  stream.close();
  expect(await ends[1]).toEqual([]);
});
