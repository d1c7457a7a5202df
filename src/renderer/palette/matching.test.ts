import { expect, test } from 'vitest';
import { matching, mostMatches } from './matching.ts';

const titles = [
  'Open notebook',
  'Open api-server',
  'Stop api-server',
  'Terminal of api-server',
  'Workspaces',
  'Settings',
  'Launch code-server',
];
const items = titles.map((title) => ({ title }));

test.each([
  ['nothing: all', '', titles],
  ['spaces: all', '   ', titles],
  ['a beginning', 'set', ['Settings']],
  ['large letters', 'SETT', ['Settings']],
  ['a word inside', 'api', ['Open api-server', 'Stop api-server', 'Terminal of api-server']],
  ['two words', 'stop api', ['Stop api-server']],
  [
    'beginnings of words before scattered letters',
    'oas',
    ['Open api-server', 'Terminal of api-server', 'Stop api-server', 'Workspaces'],
  ],
  ['words with letters between', 'term api', ['Terminal of api-server']],
  ['nothing of that kind', 'xyz', []],
  ['a special character', '(.*', []],
])('%s', (_what, query, wanted) => {
  expect(matching(items, query).map(({ title }) => title)).toEqual(wanted);
});

test('the beginning of a title comes before the middle of one', () => {
  const some = [{ title: 'Reload the IDE' }, { title: 'The end' }];
  expect(matching(some, 'the').map(({ title }) => title)).toEqual(['The end', 'Reload the IDE']);
});

test('shows no more than can be looked through, and survives a text without end', () => {
  const many = Array.from({ length: 30_000 }, (_, place) => ({ title: `Open workspace-${String(place)}` }));
  expect(matching(many, 'open')).toHaveLength(mostMatches);
  expect(matching(many, 'z'.repeat(1_000_000))).toEqual([]);
});
