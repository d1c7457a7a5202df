import { randomBytes } from 'node:crypto';
import type { WorkspaceResource } from '#contract/workspace-resource.ts';
import { createChangeLog } from './change-log.ts';
import type { ChangeLog } from './change-log.ts';
import { createListText } from '../../api/list-text.ts';
import { notice, streamEvent } from './stream-event.ts';
import type { StreamEvent } from './stream-event.ts';
import { parsePlace, placeText } from './stream-place.ts';
import type { StreamPlace } from './stream-place.ts';

export type ResourceChange = { workspace: WorkspaceResource } | { deleted: string };

/** The workspaces of one session with a cluster, looked at for as long as somebody wants to know of them. */
export interface TrackedResources {
  /** Newest first. */
  list(): readonly WorkspaceResource[];
  stop(): void;
}
export type TrackResources = (onChange: (change: ResourceChange) => void) => TrackedResources;

export interface StreamLimits {
  /** The changes that are kept for those who are behind or come back. */
  changes: number;
  bytes: number;
  /** How long they are kept up without any reader, in ms: one that reconnects goes on where it was. */
  lingerMs: number;
}

/** A change is some two kilobytes: they are those of minutes where a thousand workspaces start at once. */
const usualLimits: StreamLimits = { changes: 2_048, bytes: 8 << 20, lingerMs: 60_000 };

/** What all readers share: one view of one session's workspaces, and how it has changed. */
interface View {
  id: string;
  resources: TrackedResources;
  log: ChangeLog<StreamEvent>;
  /** The list as it is now, until something changes. */
  list: StreamEvent | undefined;
}

interface Batch {
  at: StreamPlace | undefined;
  events: readonly StreamEvent[];
  isLast?: boolean;
}

export interface WorkspaceStream {
  /** Another session, or none: what was told so far is void. */
  use(track: TrackResources | undefined): void;
  /**
   * The list, or what has changed since the event with `lastId`, then every change, in order. One that is further behind than the
   * changes that are kept is told so, and its events end; they end with `signal` and with `close`, too.
   */
  follow(lastId: string | undefined, signal: AbortSignal): AsyncGenerator<readonly StreamEvent[], void, void>;
  close(): void;
}

const batchSize = 64;
const interrupted = notice(
  'interrupted',
  'There is no session with the cluster; the list comes when there is one again.',
);
const dropped = notice('dropped', 'This reader was too slow; whoever asks again has the list as it is then.');

/** Tells any number of readers of all workspaces, from one copy of what there is to say. */
export function createWorkspaceStream(limits: StreamLimits = usualLimits): WorkspaceStream {
  const listText = createListText();
  const closing = new AbortController();
  let track: TrackResources | undefined;
  let view: View | undefined;
  let readers = 0;
  let wakers: (() => void)[] = [];
  let linger: NodeJS.Timeout | undefined;

  function wake(): void {
    const woken = wakers;
    wakers = [];
    for (const one of woken) one();
  }

  function open(begin: TrackResources): View {
    const id = randomBytes(8).toString('hex');
    const log = createChangeLog<StreamEvent>({ count: limits.changes, bytes: limits.bytes });
    const resources = begin((change) => {
      opened.list = undefined;
      const event = changeEvent(placeText({ view: id, next: log.next + 1 }), change);
      log.push(event, event.bytes().length);
      wake();
    });
    const opened: View = { id, resources, log, list: undefined };
    return opened;
  }

  function changeEvent(id: string, change: ResourceChange): StreamEvent {
    if ('deleted' in change) return streamEvent(id, { type: 'deleted', id: change.deleted });
    const { workspace } = change;
    // The same text stands in the next list.
    const text = (): string => `{"type":"changed","workspace":${listText([workspace]).slice(1, -1)}}`;
    return streamEvent(id, { type: 'changed', workspace }, text);
  }

  function letGo(): void {
    clearTimeout(linger);
    view?.resources.stop();
    view = undefined;
  }

  function listEvent(of: View): StreamEvent {
    if (of.list !== undefined) return of.list;
    const items = [...of.resources.list()];
    const data = (): string => `{"type":"list","items":${listText(items)}}`;
    of.list = streamEvent(placeText({ view: of.id, next: of.log.next }), { type: 'list', items }, data);
    return of.list;
  }

  function leave(): void {
    readers -= 1;
    if (readers > 0 || view === undefined) return;
    linger = setTimeout(letGo, limits.lingerMs);
    linger.unref();
  }

  async function* read(lastId: string | undefined, ended: AbortSignal): AsyncGenerator<readonly StreamEvent[], void> {
    let at = parsePlace(lastId);
    /** It has been told something: what it misses from now on, it misses because it is slow. */
    let hasBegun = false;
    while (!ended.aborted) {
      const batch = nextOf(at, hasBegun);
      if (batch === undefined) {
        await new Promise<void>((resolve) => wakers.push(resolve));
        continue;
      }
      ({ at } = batch);
      hasBegun = true;
      yield batch.events;
      if (batch.isLast === true) return;
    }
  }

  /** What a reader at this place is told next, and where it is then. Undefined while there is nothing. */
  function nextOf(at: StreamPlace | undefined, hasBegun: boolean): Batch | undefined {
    if (track !== undefined) view ??= open(track);
    // Once; what it knows so far is the best that it can know until there is a list again.
    if (view === undefined) return at === undefined ? undefined : { at: undefined, events: [interrupted] };
    const { id, log } = view;
    const isBehind = at !== undefined && at.next < log.first;
    if (at?.view === id && isBehind && hasBegun) return { at, events: [dropped], isLast: true };
    // Taken in one turn with the place: nothing can happen in between and be missed or told twice.
    if (at?.view !== id || isBehind || at.next > log.next)
      return { at: { view: id, next: log.next }, events: [listEvent(view)] };
    const events = log.from(at.next, batchSize);
    return events.length === 0 ? undefined : { at: { view: id, next: at.next + events.length }, events };
  }

  return {
    use(next) {
      letGo();
      track = next;
      wake();
    },
    async *follow(lastId, signal) {
      const ended = AbortSignal.any([signal, closing.signal]);
      ended.addEventListener('abort', wake);
      readers += 1;
      clearTimeout(linger);
      try {
        yield* read(lastId, ended);
      } finally {
        ended.removeEventListener('abort', wake);
        leave();
      }
    },
    close() {
      closing.abort();
      letGo();
    },
  };
}
