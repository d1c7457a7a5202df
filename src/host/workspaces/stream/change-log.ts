/** The last changes by their number, as many as fit. */
export interface ChangeLog<Change> {
  /** Number of the oldest that is kept, and of the next one to come. */
  readonly first: number;
  readonly next: number;
  push(change: Change, bytes: number): void;
  /** At most `most` of them from a number on; empty where that number is yet to come or is no longer kept. */
  from(number: number, most: number): readonly Change[];
}

/** Keeps `limits.count` at most and, but for the last one, `limits.bytes` of them. */
export function createChangeLog<Change>(limits: { count: number; bytes: number }): ChangeLog<Change> {
  const kept: { change: Change; bytes: number }[] = [];
  let first = 0;
  let bytes = 0;
  const next = (): number => first + kept.length;
  const isTooMuch = (): boolean => kept.length > limits.count || (bytes > limits.bytes && kept.length > 1);

  return {
    get first() {
      return first;
    },
    get next() {
      return next();
    },
    push(change, size) {
      kept.push({ change, bytes: size });
      bytes += size;
      while (isTooMuch()) {
        bytes -= kept.shift()?.bytes ?? 0;
        first += 1;
      }
    },
    from: (number, most) =>
      number < first ? [] : kept.slice(number - first, number - first + most).map(({ change }) => change),
  };
}
