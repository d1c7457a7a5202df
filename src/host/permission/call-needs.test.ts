import { expect, test } from 'vitest';
import { callsOf } from '#contract/calls.ts';
import { contract } from '#contract/routes.ts';
import { callNeeds, needOf } from './call-needs.ts';

test('the needs are of calls that there are', () => {
  const names = callsOf(contract).map(({ name }) => name);
  expect(names.length).toBeGreaterThan(40);
  expect(Object.keys(callNeeds).filter((name) => !names.includes(name))).toEqual([]);
});

/** What is typed is written down nowhere; who asks where a workspace is has not opened it, and who opens it is written down there. */
const quiet = ['terminals.send', 'workspaces.open'];

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
