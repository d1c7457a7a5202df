/** Longer names are not looked into: an id has at most 63 characters, and the work grows with the square of them. */
const mostRead = 63;
const mostNamed = 3;
/** Of so many characters one may be another before a name is no longer what was meant. */
const charactersPerMistake = 3;

/** The names that were probably meant by `given`, the nearest first: those that it is the beginning of, and those that few mistakes away. */
export function nearestNames(given: string, names: readonly string[]): string[] {
  if (given === '' || given.length > mostRead) return [];
  const most = Math.max(1, Math.floor(given.length / charactersPerMistake));
  return names
    .map((name) => ({
      name,
      mistakes: name.startsWith(given) ? 0 : mistakesBetween(given, name.slice(0, mostRead), most),
    }))
    .filter(({ mistakes }) => mistakes <= most)
    .toSorted((one, other) => one.mistakes - other.mistakes || (one.name < other.name ? -1 : 1))
    .slice(0, mostNamed)
    .map(({ name }) => name);
}

/** Levenshtein's distance, or something above `most` once it is known to be more. */
function mistakesBetween(one: string, other: string, most: number): number {
  if (Math.abs(one.length - other.length) > most) return most + 1;
  let row = Array.from({ length: other.length + 1 }, (_, at) => at);
  for (let line = 1; line <= one.length; line += 1) {
    const next = [line];
    for (let column = 1; column <= other.length; column += 1) {
      const changed = (row[column - 1] ?? 0) + (one[line - 1] === other[column - 1] ? 0 : 1);
      next.push(Math.min(changed, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
    if (Math.min(...row) > most) return most + 1;
  }
  return row.at(-1) ?? most + 1;
}
