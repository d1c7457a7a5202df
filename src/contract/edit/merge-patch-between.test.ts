import { expect, test } from 'vitest';
import { mergePatchBetween, pathsOf } from './merge-patch-between.ts';

test.each([
  [{ a: 1 }, { a: 1 }, undefined],
  [{}, {}, undefined],
  [{ a: null }, {}, undefined],
  [{ a: 1 }, { a: 2 }, { a: 2 }],
  [{ a: 1, b: 1 }, { b: 1 }, { a: null }],
  [{ a: 1 }, { a: null }, { a: null }],
  [{}, { a: { b: 1 } }, { a: { b: 1 } }],
  [{ a: { b: 1, c: 2 } }, { a: { b: 1, d: 3 } }, { a: { c: null, d: 3 } }],
  [{ a: [1, 2] }, { a: [1] }, { a: [1] }],
  [{ a: [1, 2] }, { a: [1, 2] }, undefined],
  [{ a: { b: 1 } }, { a: 'x' }, { a: 'x' }],
])('from %j to %j it is %j', (before, after, patch) => {
  expect(mergePatchBetween(before, after)).toEqual(patch);
});

test('names the fields of a patch', () => {
  expect(pathsOf({ labels: { team: null }, spec: { image: 'x', env: { A: '1', B: null }, args: [] } })).toEqual([
    'labels.team',
    'spec.image',
    'spec.env.A',
    'spec.env.B',
    'spec.args',
  ]);
});
