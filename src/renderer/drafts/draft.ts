import type { z } from 'zod';

/** Keeps what somebody types into a form: whole for as long as the page lives, and over its end as far as that may lie on a disk. */
export interface Draft<T> {
  read(): T | undefined;
  /** Undefined: there is nothing to keep any more. */
  keep(typed: T | undefined): void;
}

export type DraftStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/**
 * `storage` is the window's own (`sessionStorage`), which outlives a page that crashes or is loaded anew. Chromium may write it down, so that
 * `forDisk` leaves out what is secret; undefined where it cannot, and nothing outlives the page then.
 */
export function createDraft<T>(options: {
  storage: DraftStorage;
  key: string;
  schema: z.ZodType<T>;
  forDisk?: (typed: T) => T | undefined;
}): Draft<T> {
  const { storage, key, schema, forDisk = (typed) => typed } = options;
  let whole: T | undefined;
  const stored = (): T | undefined => {
    try {
      return schema.safeParse(JSON.parse(storage.getItem(key) ?? 'null')).data;
    } catch {
      // Half written, or of another version: begun afresh.
      return undefined;
    }
  };
  return {
    read: () => whole ?? stored(),
    keep(typed) {
      whole = typed;
      const written = typed === undefined ? undefined : forDisk(typed);
      try {
        if (written === undefined) storage.removeItem(key);
        else storage.setItem(key, JSON.stringify(written));
      } catch (error) {
        console.warn('What is typed is not kept over a crash of the page.', error);
      }
    },
  };
}

/** Drafts of one kind for several things, each by its own name. */
export function createDrafts<T>(options: {
  storage: DraftStorage;
  prefix: string;
  schema: z.ZodType<T>;
  forDisk?: (typed: T) => T | undefined;
}): (name: string) => Draft<T> {
  const { prefix, ...rest } = options;
  const drafts = new Map<string, Draft<T>>();
  return (name) => {
    const known = drafts.get(name) ?? createDraft({ ...rest, key: `${prefix}.${name}` });
    drafts.set(name, known);
    return known;
  };
}
