import { createInterface } from 'node:readline';
import { z } from 'zod';
import { listOf, longest, most, textOf } from '#contract/bounded.ts';
import type { Rest } from './rest.ts';
import { StatusError, TransportError } from './transport-error.ts';

/** What is listed and watched: a collection's path, and of it the objects with these labels and fields. */
export interface Collection {
  path: string;
  labelSelector?: string;
  fieldSelector?: string;
}

export type WatchEvent = { type: 'upsert' | 'delete'; object: unknown };

const listSchema = z.object({
  metadata: z.object({ resourceVersion: textOf(longest.token), continue: textOf(longest.url).optional() }),
  items: listOf(z.unknown(), most.inAList),
});
const eventSchema = z.object({ type: textOf(longest.token), object: z.unknown() });
const versionSchema = z.object({ metadata: z.object({ resourceVersion: textOf(longest.token) }) });
const statusSchema = z.object({ code: z.number() });

const pageSize = 500;
/**
 * How long one watch lasts before the server ends it. A watch that has neither said anything nor ended for three seconds more
 * is dead, whatever TCP says: a half-open connection is noticed within 15 s. Nothing hangs on bookmarks, which a server sends as
 * it pleases: of a collection in which nothing happens it may send none. A new watch goes on where the old one ended, on the
 * same connection.
 */
const watchSeconds = 10;
const silenceMs = 13_000;
/** A watch is answered at once, however little there is to tell. */
const watchAnswerMs = 8_000;

/** The whole collection, page by page. The version belongs to the first page: watching from it misses nothing. */
export async function listAll(
  rest: Rest,
  collection: Collection,
  signal: AbortSignal,
): Promise<{ items: unknown[]; version: string }> {
  const items: unknown[] = [];
  let next: string | undefined;
  for (;;) {
    const { labelSelector, fieldSelector } = collection;
    const query = { labelSelector, fieldSelector, limit: pageSize, continue: next };
    const page = listSchema.parse(await rest.json('GET', collection.path, { query, signal }));
    items.push(...page.items);
    next = page.metadata.continue;
    if (next === undefined || next === '') return { items, version: page.metadata.resourceVersion };
  }
}

export interface WatchObserver {
  /** The server accepted the watch. */
  started: () => void;
  event: (event: WatchEvent) => void;
  /** The version to go on from; bookmarks bring it too. */
  version: (version: string) => void;
}

/**
 * One watch from `version` on; resolves when the server ends it. Rejects with StatusError (410: list anew),
 * TransportError (cut off, or silent for too long) or the signal's reason.
 */
export async function watchOnce(
  rest: Rest,
  collection: Collection,
  version: string,
  observer: WatchObserver,
  signal: AbortSignal,
): Promise<void> {
  const query = {
    watch: true,
    allowWatchBookmarks: true,
    labelSelector: collection.labelSelector,
    fieldSelector: collection.fieldSelector,
    resourceVersion: version,
    timeoutSeconds: watchSeconds,
  };
  const response = await rest.stream(collection.path, { query, signal, headersTimeoutMs: watchAnswerMs });
  observer.started();
  const silent = Object.assign(new Error(`the watch was silent for ${silenceMs / 1000} s`), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => response.destroy(silent), silenceMs);
  try {
    const lines = createInterface({ input: response, crlfDelay: Number.POSITIVE_INFINITY });
    // readline's iterator does not pass on its input's errors: they are kept here and raised after the last line.
    let broken: Error | undefined;
    response.once('error', (error) => {
      broken = error;
      lines.close();
    });
    for await (const line of lines) {
      timer.refresh();
      if (line !== '') readEvent(line, observer);
    }
    if (broken !== undefined) throw broken;
  } catch (error) {
    if (signal.aborted || error instanceof StatusError) throw error;
    throw new TransportError(error);
  } finally {
    clearTimeout(timer);
    response.destroy();
  }
}

/** Hands one line's event on. Throws StatusError when it is the server's error. */
function readEvent(line: string, observer: WatchObserver): void {
  const { type, object } = eventSchema.parse(JSON.parse(line) as unknown);
  if (type === 'ERROR') throw new StatusError(statusSchema.safeParse(object).data?.code ?? 500, object);
  const version = versionSchema.parse(object).metadata.resourceVersion;
  if (type === 'ADDED' || type === 'MODIFIED') observer.event({ type: 'upsert', object });
  else if (type === 'DELETED') observer.event({ type: 'delete', object });
  observer.version(version);
}
