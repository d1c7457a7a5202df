import { existsSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseConformance } from './conformance-table.ts';
import { declaresTest, testTitles } from './test-titles.ts';

const root = resolve(import.meta.dirname, '..');
const rows = parseConformance(readFileSync(resolve(root, 'docs', 'conformance.md'), 'utf8'));

describe('docs/conformance.md', () => {
  test('names only tests that exist', () => {
    const named = rows.flatMap(({ line, tests }) => tests.map((one) => ({ line, ...one })));
    const sources = new Map(
      [...new Set(named.map(({ file }) => file))].map((file) => {
        const path = resolve(root, file);
        const source = existsSync(path) ? readFileSync(path, 'utf8') : '';
        return [file, { source, titles: testTitles(file, source) }];
      }),
    );
    const missing = named.filter(({ file, name }) => {
      const { source = '', titles = [] } = sources.get(file) ?? {};
      return !declaresTest(titles, source, name);
    });
    expect(missing.map(({ line, file, name }) => `line ${line}: ${file} has no test "${name}"`)).toEqual([]);
  });

  test('says each statement once', () => {
    const statements = rows.map(({ section, statement }) => `${section}: ${statement}`);
    expect(statements).toEqual([...new Set(statements)]);
  });
});

describe('parseConformance', () => {
  const table = (...lines: string[]): string =>
    ['# Title', '', '| Section | Statement | Shown by |', '|---|---|---|', ...lines, '', 'After.'].join('\n');

  test('reads rows with their lines', () => {
    const text = table(
      '| Ports | One | not yet shown |',
      '| Ports | A \\| B | `a.test.ts` › g › t<br>`b.test.ts` › u |',
    );
    expect(parseConformance(text)).toEqual([
      { line: 5, section: 'Ports', statement: 'One', tests: [] },
      {
        line: 6,
        section: 'Ports',
        statement: 'A | B',
        tests: [
          { file: 'a.test.ts', name: 'g › t' },
          { file: 'b.test.ts', name: 'u' },
        ],
      },
    ]);
  });

  test.each([
    ['two cells', table('| Ports | One |'), 'Line 5'],
    ['an empty cell', table('| Ports | | not yet shown |'), 'Line 5'],
    ['a test without a file', table('| Ports | One | some test |'), 'Line 5'],
    ['no table', '# Title', 'There is no table'],
  ])('refuses %s', (_what, text, why) => {
    expect(() => parseConformance(text)).toThrow(why);
  });
});

test('testTitles finds tests in every form', () => {
  const source = `
    test('plain', () => {});
    describe('group', () => {
      it.each([[1]])('with %s', () => {});
      describe('inner', () => { test.skip('skipped', () => {}); });
    });
    namespaceTest('own', async ({ namespace }) => {});
    other('no test', () => {});
    test(name, () => {});
  `;
  expect(testTitles('x.test.ts', source)).toEqual([
    'plain',
    'group',
    'group › with %s',
    'group › inner',
    'group › inner › skipped',
    'own',
  ]);
});

test.each([
  ['group › plain', true],
  ['group › row one works', true],
  ['group › row two works', false],
  ['plain', false],
  ['group › row %s works', true],
])('declaresTest: "%s" is %s', (name, wanted) => {
  const source = `describe('group', () => { test('plain', f); test.each([['one']])('row %s works', f); });`;
  expect(declaresTest(testTitles('x.test.ts', source), source, name)).toBe(wanted);
});
