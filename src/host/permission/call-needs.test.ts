import { expect, test } from 'vitest';
import { callsOf } from '#contract/calls.ts';
import { contract } from '#contract/routes.ts';
import { idIn } from './call-guard.ts';
import { callNeeds, needOf } from './call-needs.ts';
import type { IdField } from './call-needs.ts';

test('the needs are of calls that there are', () => {
  const names = callsOf(contract).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(40);
  expect(Object.keys(callNeeds).filter((name) => !names.includes(name))).toEqual([]);
});

/**
 * What is typed is written down nowhere; who asks where a workspace is has not opened it, and who opens it is written down there; what is
 * only planned is not there.
 */
const quiet = ['terminals.send', 'workspaces.open', 'resources.plan'];

test('a call of a workspace names it where it is looked for: in its path, or in a field of its query', () => {
  const inQuery = callsOf(contract)
    .filter(({ name, path }) => callNeeds[name]?.kind === 'workspace' && !path.includes('{id}'))
    .map(({ name }) => name);
  expect(inQuery.toSorted()).toEqual(['logs.follow', 'terminals.follow']);
  expect(callNeeds['logs.follow']).toMatchObject({ names: 'target' });
  expect(contract.logs.follow['~orpc'].inputSchema).toHaveProperty('shape.target');
  expect(contract.terminals.follow['~orpc'].inputSchema).toHaveProperty('shape.id');
});

test.each<[input: unknown, field: IdField | undefined, id: string | undefined]>([
  [{ id: 'a', target: 'b' }, undefined, 'a'],
  [{ id: 'a', target: 'b' }, 'target', 'b'],
  [{ target: 'b' }, undefined, undefined],
  [{ id: 'a' }, 'target', undefined],
  [{ params: { id: 'a' }, body: { id: 'b' }, query: { id: 'c' } }, undefined, 'a'],
  [{ id: ['a', 'b'], params: { id: 'c' } }, undefined, undefined],
  [{ params: { params: { id: 'a' } } }, undefined, undefined],
  [undefined, undefined, undefined],
  ['a', undefined, undefined],
])('%j names by %s the workspace %s', (input, field, id) => {
  expect(idIn(input, field)).toBe(id);
});

test('what only reads changes nothing, and what is no GET does', () => {
  const wrong = callsOf(contract).filter(({ name, method }) => {
    const need = callNeeds[name];
    if (need === undefined || need.kind === 'free' || need.kind === 'local') return false;
    return (need.changes === true) !== (method !== 'GET') && !quiet.includes(name);
  });
  expect(wrong).toEqual([]);
});

test.each([['new.call'], ['toString'], ['host'], ['']])('%j is for those who may do everything', (name) => {
  expect(needOf(name.split('.'))).toMatchObject({ kind: 'host', action: 'admin' });
});
