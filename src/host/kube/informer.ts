import type { GuildNetError } from '#contract/errors.ts';
import type { Log } from '../observability/log.ts';
import { pause } from '../pause.ts';
import { backoffDelay } from './backoff.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { fromKubeError, hasStatus, statusOf } from './errors.ts';
import { listAll, watchOnce } from './list-watch.ts';
import type { Collection } from './list-watch.ts';
import { createObjectStore } from './object-store.ts';
import type { Change, Named } from './object-store.ts';
import type { Rest } from './rest.ts';

/** `unavailable`: the server is there, but does not have this collection or does not let us see it. */
export type InformerState = 'syncing' | 'online' | 'offline' | 'unavailable';
export type StateListener = (state: InformerState, error?: GuildNetError) => void;

/** A live copy of one collection: listed once, then kept up to date by watches that are renewed for ever. */
export interface Informer<T> {
  list(): readonly T[];
  get(name: string): T | undefined;
  /** Those with this key of its index. */
  byIndex(key: string): readonly T[];
  readonly state: InformerState;
  /** Why it is offline or unavailable. */
  readonly problem: GuildNetError | undefined;
  /** Every change, after it is in the copy. Returns the function that ends it. */
  onChange(listener: (change: Change<T>) => void): () => void;
  onState(listener: StateListener): () => void;
  start(): void;
  /** Ends watches and timers; resolves when nothing of it runs any more. The copy stays readable. */
  stop(): Promise<void>;
  /** Resolves once the first list is in the copy, or an optional collection proved to be unavailable. */
  synced(signal?: AbortSignal): Promise<void>;
}

export interface InformerOptions<T> {
  rest: Rest;
  /** For messages: "workspaces". */
  what: string;
  collection: Collection;
  /** The object as the rest of the program wants it; undefined leaves it out, and the reason is logged. */
  parse: (object: unknown) => { value: T } | { problem: string };
  /** The key that objects are looked up by besides their name. */
  index?: (object: T) => string | undefined;
  log: Log;
  /**
   * Others do without this collection: where it is refused (403) or missing (404), the informer is `unavailable`, says so
   * once, keeps the copy it has, and asks again every `retryMs`, in case somebody grants or installs it.
   */
  optional?: { retryMs: number };
  random?: () => number;
  clock?: Pick<Clock, 'now'>;
}

/** Short at first, because most outages are a restart of the API server; and never long, because somebody is looking. */
const retry = { baseMs: 100, maxMs: 5_000 };
/** A list whose version is too old at once points to a sick server: then it is not asked again without a pause. */
const freshMs = 1_000;

/**
 * Never dies: after any error it goes on, from the last version it saw, or with a new list when that is gone (410). It
 * is `offline` from the first failed attempt to reach the server until the next good one; a watch that merely ends is
 * not an outage.
 */
export function createInformer<T extends Named>(options: InformerOptions<T>): Informer<T> {
  const { rest, collection, log, clock = systemClock } = options;
  const store = createObjectStore<T>({
    parse: options.parse,
    leftOut: (problem) => log.warn({ collection: options.what, problem }, 'an object was left out'),
    index: options.index,
    log,
  });
  const stateListeners = new Set<StateListener>();
  const ending = new AbortController();
  const first = Promise.withResolvers<void>();
  let state: InformerState = 'syncing';
  let running: Promise<void> | undefined;
  let failures = 0;
  let problem: GuildNetError | undefined;

  // Nobody may be waiting for the first list when `stop` rejects it.
  first.promise.catch(() => undefined);

  const become = (next: InformerState, error?: GuildNetError): void => {
    if (state === next && error?.code === problem?.code) return;
    state = next;
    problem = error;
    for (const listener of stateListeners) listener(next, error);
  };
  const doWithout = async (error: unknown, retryMs: number): Promise<void> => {
    const shown = fromKubeError(error, `watching ${options.what}`);
    if (state !== 'unavailable')
      log.warn({ collection: options.what, code: shown.code, reason: shown.message }, 'going on without a collection');
    become('unavailable', shown);
    first.resolve();
    await pause(backoffDelay(1, { baseMs: retryMs, maxMs: retryMs }, options.random), ending.signal);
  };
  const recover = async (error: unknown): Promise<void> => {
    if (options.optional !== undefined && (hasStatus(error, 403) || hasStatus(error, 404)))
      return doWithout(error, options.optional.retryMs);
    failures += 1;
    const shown = fromKubeError(error, `watching ${options.what}`);
    if (state !== 'offline')
      log.warn({ collection: options.what, code: shown.code, reason: shown.message }, 'lost the cluster');
    become('offline', shown);
    await pause(backoffDelay(failures, retry, options.random), ending.signal);
  };

  /** Watches from `version` on until that is no longer possible and a new list is wanted. */
  const follow = async (from: string): Promise<void> => {
    const listed = clock.now();
    let version = from;
    let broken = false;
    const progress = (): void => {
      broken = false;
      failures = 0;
    };
    const observer = {
      started: () => become('online'),
      event: store.apply,
      version: (next: string) => {
        version = next;
        progress();
      },
    };
    for (;;) {
      try {
        await watchOnce(rest, collection, version, observer, ending.signal);
        progress();
      } catch (error) {
        if (ending.signal.aborted) return;
        const refused = statusOf(error) !== undefined;
        // History is kept for minutes only, and less over a restart of the server: a new list is all it takes.
        if (hasStatus(error, 410) && clock.now() - listed > freshMs) return;
        // A broken connection is tried again at once; only when that fails too is it an outage.
        if (refused || broken) await recover(error);
        if (refused) return;
        broken = true;
      }
    }
  };
  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      try {
        const { items, version } = await listAll(rest, collection, ending.signal);
        store.replace(items);
        become('online');
        first.resolve();
        await follow(version);
      } catch (error) {
        if (ending.signal.aborted) return;
        await recover(error);
      }
    }
  };

  return {
    list: store.list,
    get: store.get,
    byIndex: store.byIndex,
    get state() {
      return state;
    },
    get problem() {
      return problem;
    },
    onChange: store.onChange,
    onState: (listener) => {
      stateListeners.add(listener);
      return () => stateListeners.delete(listener);
    },
    start: () => {
      running ??= run();
    },
    stop: async () => {
      ending.abort();
      first.reject(new Error(`watching ${options.what} was stopped`));
      await running;
    },
    synced: async (signal) => {
      if (signal === undefined) return first.promise;
      signal.throwIfAborted();
      const aborted = Promise.withResolvers<never>();
      const onAbort = (): void => aborted.reject(signal.reason instanceof Error ? signal.reason : new Error('aborted'));
      signal.addEventListener('abort', onAbort, { once: true });
      try {
        await Promise.race([first.promise, aborted.promise]);
      } finally {
        signal.removeEventListener('abort', onAbort);
      }
    },
  };
}
