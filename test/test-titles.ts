import { parseSync } from 'vite';

/** What declares a test or a group of them, by the name it is imported under: vitest's, Playwright's, and our extensions of them. */
const declares = /^(test|it|describe|[a-z]\w*Test)$/;

/**
 * The full names of all tests that a TypeScript file declares, groups included, as `group › test`. Titles stand as in the
 * source: those of `test.each` with their placeholders.
 */
export function testTitles(file: string, source: string): string[] {
  const { program, errors } = parseSync(file, source);
  const [error] = errors;
  if (error !== undefined) throw new Error(`${file} does not parse: ${error.message}`);
  const titles: string[] = [];
  visit(program, [], titles);
  return titles;
}

function visit(node: unknown, groups: readonly string[], titles: string[]): void {
  if (Array.isArray(node)) {
    for (const one of node) visit(one, groups, titles);
    return;
  }
  if (!isRecord(node)) return;
  const title = titleOf(node);
  const inside = title === undefined ? groups : [...groups, title];
  if (title !== undefined) titles.push(inside.join(' › '));
  for (const child of Object.values(node)) visit(child, inside, titles);
}

/** The title of a call such as `test('…', …)`, `test.only('…', …)` or `test.each(…)('…', …)`. */
function titleOf(node: Record<string, unknown>): string | undefined {
  if (node['type'] !== 'CallExpression' || !declares.test(rootName(node['callee']))) return undefined;
  const [first] = Array.isArray(node['arguments']) ? (node['arguments'] as unknown[]) : [];
  if (!isRecord(first)) return undefined;
  if (first['type'] === 'Literal' && typeof first['value'] === 'string') return first['value'];
  return undefined;
}

/** The identifier at the beginning of `a.b(c).d`. */
function rootName(callee: unknown): string {
  if (!isRecord(callee)) return '';
  if (callee['type'] === 'Identifier') return String(callee['name']);
  if (callee['type'] === 'MemberExpression') return rootName(callee['object']);
  return callee['type'] === 'CallExpression' ? rootName(callee['callee']) : '';
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}

/**
 * Whether a file declares a test of this full name. A test over a table may be named as it is reported, with the text of a
 * row for `%s` in its title; the text then stands in the file too.
 */
export function declaresTest(titles: readonly string[], source: string, name: string): boolean {
  return titles.some((title) => {
    if (title === name) return true;
    if (!title.includes('%s')) return false;
    const pattern = title.split('%s').map(literal).join('(.+)');
    const texts = new RegExp(`^${pattern}$`).exec(name)?.slice(1);
    return texts?.every((text) => source.includes(text)) === true;
  });
}

/** A text as part of a regular expression that means itself. */
function literal(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, String.raw`\$&`);
}
