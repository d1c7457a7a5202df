import { expect, test } from 'vitest';
import { callsOf } from '#contract/calls.ts';
import { contract } from '#contract/routes.ts';
import { openApiDocument } from '#host/api/openapi/document.ts';
import { foundIn, readDocument } from '../src/renderer/reference/read-document.ts';

const shown = readDocument(await openApiDocument('1.2.3'));
const operations = shown.groups.flatMap((group) => group.operations);
const named = ({ method, path }: { method: string; path: string }): string => `${method} ${path}`;

test('the reference has every call of the contract, with its words', () => {
  expect(shown.title).toBe('GuildNet 1.2.3');
  expect(operations.map(named)).toEqual(expect.arrayContaining(callsOf(contract).map(named)));
  for (const { summary, answers } of operations) {
    expect(summary).not.toBe('');
    expect(answers.length).toBeGreaterThan(0);
    for (const { about } of answers) expect(about).toMatch(/\w/);
  }
});

test('says what a call takes and gives', () => {
  const patch = operations.find((one) => named(one) === 'PATCH /api/workspaces/{id}');
  expect(patch?.request?.type).toBe('WorkspacePatch');
  expect(patch?.parameters.map(({ name, where, required }) => [name, where, required])).toEqual(
    expect.arrayContaining([
      ['id', 'path', true],
      ['restart', 'query', false],
      ['if-match', 'header', false],
    ]),
  );
  expect(patch?.answers.find(({ status }) => status === '200')?.type).toContain('workspace: Workspace');
  expect(patch?.answers.find(({ status }) => status === '412')?.type).toBe('Error');
  expect(shown.types.find(({ name }) => name === 'Error')?.text).toMatch(/^\{\n {2}code: string\n/);
});

test('every type that is named is there', () => {
  const names = new Set(shown.types.map(({ name }) => name));
  const texts = [
    ...shown.types.map(({ text }) => text),
    ...operations.flatMap(({ answers }) => answers.map(({ type }) => type)),
  ];
  const used = texts.flatMap((text) => Array.from(text.matchAll(/(?::|^| ) ?([A-Z]\w+)/gm), ([, name = '']) => name));
  expect(used.length).toBeGreaterThan(10);
  expect(used.filter((name) => !names.has(name))).toEqual([]);
});

test.each([
  ['presets', /presets/],
  ['POST  stop-all', /stop-all/],
])('"%s" finds what has all of its words', (text, expected) => {
  const found = foundIn(shown.groups, text).flatMap((group) => group.operations);
  expect(found.length).toBeGreaterThan(0);
  for (const { path, summary } of found) expect(`${path} ${summary}`).toMatch(expected);
  expect(foundIn(shown.groups, 'nothing has this')).toEqual([]);
});
