import { isDeepStrictEqual } from 'node:util';

/** What people see of a collection, by id. Every change of it is told once it is in the list; what shows nowhere is no change. */
export interface LiveList<T, Change> {
  values(): T[];
  get(id: string): T | undefined;
  /** Something about this id may be different now. */
  look(id: string | undefined): void;
  onChange(listener: (change: Change) => void): () => void;
  /** No listener is called any more. */
  close(): void;
}

export interface LiveListOptions<T, Change> {
  /** What is seen of an id now, or undefined when there is nothing to see. */
  view(id: string): T | undefined;
  upserted(value: T): Change;
  deleted(id: string): Change;
}

export function createLiveList<T, Change>({
  view,
  upserted,
  deleted,
}: LiveListOptions<T, Change>): LiveList<T, Change> {
  const values = new Map<string, T>();
  const listeners = new Set<(change: Change) => void>();

  function tell(change: Change): void {
    for (const listener of listeners) listener(change);
  }

  return {
    values: () => [...values.values()],
    get: (id) => values.get(id),
    look(id) {
      if (id === undefined) return;
      const value = view(id);
      if (value === undefined) {
        if (values.delete(id)) tell(deleted(id));
        return;
      }
      if (isDeepStrictEqual(values.get(id), value)) return;
      values.set(id, value);
      tell(upserted(value));
    },
    onChange(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close: () => listeners.clear(),
  };
}
