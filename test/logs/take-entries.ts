import type { Entry } from '#host/logs/entry.ts';
import type { Position } from '#host/logs/position.ts';

/** Takes the entries of a log one after another, however they are bundled. */
export interface Taking {
  /** The texts of the next entries, or of those that are left; a notice stands as its kind in brackets. */
  take(count: number): Promise<string[]>;
  /** Where the last of them stood that has a place. */
  last(): Position | undefined;
}

export function takeEntries(batches: AsyncIterator<Entry[]>): Taking {
  const waiting: Entry[] = [];
  let last: Position | undefined;
  return {
    last: () => last,
    async take(count) {
      while (waiting.length < count) {
        const next = await batches.next();
        if (next.done === true) return waiting.splice(0).map(textOf);
        waiting.push(...next.value);
      }
      const taken = waiting.splice(0, count);
      last = taken.findLast(({ position }) => position !== undefined)?.position ?? last;
      return taken.map(textOf);
    },
  };
}

const textOf = ({ line }: Entry): string => (line.notice === undefined ? line.msg : `[${line.notice}]`);
