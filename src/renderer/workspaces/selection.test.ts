import { expect, test } from 'vitest';
import type { Server } from '#contract/server.ts';
import { afterClick, askable } from './selection.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];

test.each<[string, string[], Parameters<typeof afterClick>[2], string[]]>([
  ['the first', [], { id: 'b', isOn: true, from: undefined }, ['b']],
  ['another', ['b'], { id: 'd', isOn: true, from: undefined }, ['b', 'd']],
  ['one less', ['b', 'd'], { id: 'b', isOn: false, from: undefined }, ['d']],
  ['down to there', ['b'], { id: 'd', isOn: true, from: 'b' }, ['b', 'c', 'd']],
  ['up to there', ['d'], { id: 'b', isOn: true, from: 'd' }, ['b', 'c', 'd']],
  ['less, down to there', ids, { id: 'd', isOn: false, from: 'b' }, ['a', 'e']],
  ['from one that is filtered out by now', ['x'], { id: 'c', isOn: true, from: 'x' }, ['c', 'x']],
])('%s', (_what, selected, click, wanted) => {
  expect([...afterClick(new Set(selected), ids, click)].toSorted()).toEqual(wanted);
});

const server = (id: string, phase: Server['phase']): Server => ({ id, name: id, image: 'i', status: 'running', phase });
const shown = [server('a', 'Running'), server('b', 'Stopped'), server('c', 'Failed'), server('d', 'Terminating')];

test.each([
  ['start', ['b']],
  ['stop', ['a', 'c']],
  ['delete', ['a', 'b', 'c']],
] as const)('%s is asked of those that it means something to', (verb, wanted) => {
  expect(askable(shown, new Set(['a', 'b', 'c', 'd', 'out-of-sight']), verb)).toEqual(wanted);
});

test('nothing is asked of a workspace that whoever selected it may not do with it', () => {
  const refused = [{ what: 'stop', rule: 'r', reason: 'r' } as const];
  const all = shown.map((one) => (one.id === 'a' ? { ...one, refused } : one));
  const ids = new Set(['a', 'b', 'c']);
  expect(askable(all, ids, 'stop')).toEqual(['c']);
  expect(askable(all, ids, 'delete')).toEqual(['a', 'b', 'c']);
});
