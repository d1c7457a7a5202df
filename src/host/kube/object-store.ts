import type { Log } from '../observability/log.ts';
import type { WatchEvent } from './list-watch.ts';

export interface Named {
  metadata?: { name?: string | undefined; resourceVersion?: string | undefined; uid?: string | undefined } | undefined;
}

export type Change<T> = { type: 'upsert' | 'delete'; object: T };

/** The copy of a collection: lists and events go in, objects and changes come out. */
export interface ObjectStore<T> {
  list(): readonly T[];
  get(name: string): T | undefined;
  /** Those with this key of the index, in no particular order, without looking at all the others. */
  byIndex(key: string): readonly T[];
  onChange(listener: (change: Change<T>) => void): () => void;
  /** Takes a whole list; what differs from the copy is told as changes. */
  replace(items: readonly unknown[]): void;
  /** Takes one event of a watch. */
  apply(event: WatchEvent): void;
}

export interface ObjectStoreOptions<T> {
  parse: (object: unknown) => { value: T } | { problem: string };
  leftOut: (problem: string) => void;
  /** The key that objects are looked up by besides their name; without it nothing has one. */
  index?: ((object: T) => string | undefined) | undefined;
  log: Log;
}

export function createObjectStore<T extends Named>(options: ObjectStoreOptions<T>): ObjectStore<T> {
  const { parse, leftOut, index = () => undefined, log } = options;
  const objects = new Map<string, T>();
  /** Names and objects of each key. */
  const indexed = new Map<string, Map<string, T>>();
  const listeners = new Set<(change: Change<T>) => void>();
  /** Names that did not parse, so that each is told once. */
  const refused = new Set<string>();

  const tell = (change: Change<T>): void => {
    for (const listener of listeners) {
      try {
        listener(change);
      } catch (error) {
        log.error({ err: error }, 'a listener of the live view failed');
      }
    }
  };
  const read = (object: unknown): { name: string; value: T | undefined } => {
    const name = nameOf(object);
    const parsed = parse(object);
    if ('value' in parsed) {
      refused.delete(name);
      return { name, value: parsed.value };
    }
    if (!refused.has(name)) leftOut(`${name}: ${parsed.problem}`);
    refused.add(name);
    return { name, value: undefined };
  };
  const unindex = (name: string, value: T): void => {
    const key = index(value);
    if (key === undefined) return;
    const others = indexed.get(key);
    others?.delete(name);
    if (others?.size === 0) indexed.delete(key);
  };
  const keep = (name: string, before: T | undefined, value: T): void => {
    if (before !== undefined) unindex(name, before);
    objects.set(name, value);
    const key = index(value);
    if (key === undefined) return;
    const others = indexed.get(key);
    if (others === undefined) indexed.set(key, new Map([[name, value]]));
    else others.set(name, value);
  };
  const put = (name: string, value: T): void => {
    const before = objects.get(name);
    if (before !== undefined && before.metadata?.resourceVersion === value.metadata?.resourceVersion) return;
    // Deleted and made anew while we looked away: whoever follows the old one must hear that it is gone.
    if (before !== undefined && before.metadata?.uid !== value.metadata?.uid) tell({ type: 'delete', object: before });
    keep(name, before, value);
    tell({ type: 'upsert', object: value });
  };
  const drop = (name: string, last?: T): void => {
    const before = objects.get(name);
    if (before === undefined) return;
    objects.delete(name);
    unindex(name, before);
    tell({ type: 'delete', object: last ?? before });
  };

  return {
    list: () => [...objects.values()],
    get: (name) => objects.get(name),
    byIndex: (key) => [...(indexed.get(key)?.values() ?? [])],
    onChange: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    replace: (items) => {
      const present = new Map(items.map(read).map(({ name, value }) => [name, value]));
      for (const name of [...objects.keys()]) if (present.get(name) === undefined) drop(name);
      for (const [name, value] of present) if (value !== undefined) put(name, value);
    },
    apply: ({ type, object }) => {
      const { name, value } = read(object);
      if (type === 'delete' || value === undefined) drop(name, value);
      else put(name, value);
    },
  };
}

function nameOf(object: unknown): string {
  const metadata = (object as Named | null)?.metadata;
  return metadata?.name ?? '';
}
