/** A statement of the specification and what shows that it holds. */
export interface ConformanceRow {
  line: number;
  section: string;
  statement: string;
  /** Empty: not yet shown. */
  tests: { file: string; name: string }[];
}

const notYet = 'not yet shown';
const header = '| Section | Statement | Shown by |';

/**
 * Reads the table of docs/conformance.md. `Shown by` is `not yet shown`, or tests separated by `<br>`, each as
 * `` `file` › group › test ``. Throws naming the line of a row that is not of that form.
 */
export function parseConformance(markdown: string): ConformanceRow[] {
  const lines = markdown.split('\n');
  const start = lines.indexOf(header);
  if (start < 0) throw new Error(`There is no table with the heading "${header}".`);
  const end = lines.findIndex((line, index) => index > start && !line.startsWith('|'));
  return lines.slice(start + 2, end < 0 ? undefined : end).map((line, index) => parseRow(line, start + 3 + index));
}

function parseRow(text: string, line: number): ConformanceRow {
  const cells = text
    .replace(/^\|(.*)\|\s*$/, '$1')
    .split(/(?<!\\)\|/)
    .map((cell) => cell.trim().replaceAll(String.raw`\|`, '|'));
  const [section = '', statement = '', shown = ''] = cells;
  if (cells.length !== 3 || cells.includes('')) throw new Error(`Line ${line}: a row has three cells, none empty.`);
  const tests = shown === notYet ? [] : shown.split('<br>').map((test) => parseTest(test.trim(), line));
  return { line, section, statement, tests };
}

function parseTest(text: string, line: number): { file: string; name: string } {
  const { file, name } = /^`(?<file>[^`]+)` › (?<name>.+)$/.exec(text)?.groups ?? {};
  if (file === undefined || name === undefined) {
    throw new Error(`Line ${line}: "${text}" is neither "${notYet}" nor "\`file\` › test".`);
  }
  return { file, name };
}
