/** So many lines are shown; who looks for more types another letter. */
export const mostMatches = 50;
const longestQuery = 200;

/**
 * The items whose title has all letters of the query in their order, best first: whole beginnings of words before scattered letters,
 * short titles before long ones. Without a query all, in the order they came.
 */
export function matching<Item extends { title: string }>(items: readonly Item[], query: string): Item[] {
  const wanted = query.trim().slice(0, longestQuery).toLowerCase().replaceAll(/\s+/g, ' ');
  if (wanted === '') return items.slice(0, mostMatches);
  return items
    .flatMap((item) => {
      const score = scoreOf(item.title.toLowerCase(), wanted);
      return score === undefined ? [] : [{ item, score }];
    })
    .toSorted((a, b) => b.score - a.score || a.item.title.length - b.item.title.length)
    .slice(0, mostMatches)
    .map(({ item }) => item);
}

/** Higher is better; undefined when a letter is missing. */
function scoreOf(title: string, wanted: string): number | undefined {
  const at = title.indexOf(wanted);
  if (at === 0) return 1_000;
  if (at > 0) return beginsWord(title, at) ? 900 : 700;
  let score = 0;
  let place = 0;
  let before = -2;
  for (const letter of wanted.replaceAll(' ', '')) {
    const found = bestPlace(title, letter, place);
    if (found === -1) return undefined;
    score += beginsWord(title, found) ? 10 : found === before + 1 ? 5 : 1;
    before = found;
    place = found + 1;
  }
  return Math.min(600, score);
}

/** The letter at the beginning of a word if there is one ahead, otherwise the next. */
function bestPlace(title: string, letter: string, from: number): number {
  const next = title.indexOf(letter, from);
  if (next === -1 || beginsWord(title, next) || next === from) return next;
  for (let place = next + 1; place < title.length; place += 1) {
    if (title[place] === letter && beginsWord(title, place)) return place;
  }
  return next;
}

function beginsWord(title: string, at: number): boolean {
  return at === 0 || /[\s\-_./]/.test(title[at - 1] ?? '');
}
