/** Where in a YAML text somebody writes. */
export interface Place {
  /** The keys that lead there, `[]` for an item of a list; with the line's own key when it is its value that is written. */
  path: string[];
  isValue: boolean;
  /** What stands there up to the cursor: the beginning of a key, or of a value. */
  typed: string;
}

interface Node {
  column: number;
  name: string;
}

const item = '[]';

/**
 * The place of a position in a text, told from indentation alone, so that it is known while the text is half written and no YAML yet.
 * Flow style (`{a: 1}`) and texts of several lines are not looked into. Pure.
 */
export function placeAt(text: string, offset: number): Place {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  const line = text.slice(start, offset);
  const { markers, rest, column } = partsOf(line);
  const key = keyOf(rest);
  const own = [...markers, ...(key === undefined ? [] : [{ column, name: key.name }])];
  const path = [...ancestorsOf(text.slice(0, start), own[0] ?? { column, name: '' }), ...own].map(({ name }) => name);
  return { path, isValue: key !== undefined, typed: (key?.value ?? rest).trimStart() };
}

/** What `node`, on the line below `above`, is in. */
function ancestorsOf(above: string, node: Node): Node[] {
  const found: Node[] = [];
  let inner = node;
  let end = above.length - 1;
  while (end > 0 && (inner.column > 0 || inner.name === item)) {
    const start = above.lastIndexOf('\n', end - 1) + 1;
    for (const outer of nodesOf(above.slice(start, end)).toReversed()) {
      // A list may stand as far left as the key that it is the value of.
      const isList = inner.name === item && outer.name !== item && outer.column === inner.column;
      if (outer.column >= inner.column && !isList) continue;
      found.unshift(outer);
      inner = outer;
    }
    end = start - 1;
  }
  return found;
}

function nodesOf(line: string): Node[] {
  const { markers, rest, column } = partsOf(line);
  const key = keyOf(rest);
  return [...markers, ...(key === undefined ? [] : [{ column, name: key.name }])];
}

/** The `- ` at the beginning of a line, and what comes behind it, in which column. */
function partsOf(line: string): { markers: Node[]; rest: string; column: number } {
  const markers: Node[] = [];
  let column = line.length - line.trimStart().length;
  while (line[column] === '-' && (line[column + 1] === ' ' || column + 1 === line.length)) {
    markers.push({ column, name: item });
    column += 1;
    while (line[column] === ' ') column += 1;
  }
  return { markers, rest: line.slice(column), column };
}

function keyOf(rest: string): { name: string; value: string } | undefined {
  if (rest.startsWith('#')) return undefined;
  const colon = rest.search(/:(?:\s|$)/);
  if (colon <= 0) return undefined;
  const name = rest
    .slice(0, colon)
    .trim()
    .replace(/^(['"])(.*)\1$/, '$2');
  return { name, value: rest.slice(colon + 1) };
}
