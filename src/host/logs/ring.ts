import type { Entry } from './entry.ts';
import { isSame } from './position.ts';
import type { Position } from './position.ts';

/** The last entries of a log by their number, as many as fit. */
export interface Ring {
  /** Number of the oldest that is kept, and of the next one to come. */
  readonly first: number;
  readonly next: number;
  push(entry: Entry): void;
  /** At most `most` entries from a number on. */
  from(number: number, most: number): Entry[];
  /** The size of what was pushed since a number, as far as it is kept, in about bytes. */
  sizeSince(number: number): number;
  /** The number of the entry at this position. */
  find(position: Position): number | undefined;
}

/** What an entry takes besides its text, in about bytes. */
const overhead = 200;

/** Keeps `mostBytes` at most: a character takes two bytes at worst. */
export function createRing(mostBytes: number): Ring {
  let slots: { entry: Entry; sum: number }[] = [];
  let head = 0;
  let first = 0;
  let sum = 0;
  const at = (number: number): { entry: Entry; sum: number } | undefined => slots[head + number - first];
  const next = (): number => first + slots.length - head;
  /** Everything before a number, in bytes. */
  const sumBefore = (number: number): number => {
    const slot = at(Math.max(number, first));
    return slot === undefined ? sum : slot.sum;
  };

  return {
    get first() {
      return first;
    },
    get next() {
      return next();
    },
    push(entry) {
      slots.push({ entry, sum });
      sum += overhead + entry.line.msg.length * 2;
      while (sum - sumBefore(first) > mostBytes && next() - first > 1) {
        head += 1;
        first += 1;
      }
      // Moved together now and then, not at every entry that goes.
      if (head > 1_024 && head > slots.length / 2) {
        slots = slots.slice(head);
        head = 0;
      }
    },
    from: (number, most) => {
      const start = head + Math.max(number, first) - first;
      return slots.slice(start, start + most).map(({ entry }) => entry);
    },
    sizeSince: (number) => sum - sumBefore(number),
    find(position) {
      for (let number = next() - 1; number >= first; number -= 1) {
        const known = at(number)?.entry.position;
        if (known !== undefined && isSame(known, position)) return number;
      }
      return undefined;
    },
  };
}
