import { expect, test } from 'vitest';
import { newProbe } from './new-probe.ts';

test.each([
  ['nothing', undefined, undefined],
  ['blanks', { kind: ' ', path: '' }, undefined],
  ['a kind', { kind: ' tcp ' }, { kind: 'tcp' }],
  ['a path', { path: '/health' }, { path: '/health' }],
  ['a path of a slow one', { kind: 'slow', path: '/health?deep=1' }, { kind: 'slow', path: '/health?deep=1' }],
])('%s', (_what, asked, probe) => {
  expect(newProbe(asked)).toEqual(probe);
});

test.each([
  ['an unknown kind', { kind: 'exec' }, 'probe.kind', /http, tcp, none, slow/],
  ['a path that is none', { path: 'health' }, 'probe.path', /"\/health"/],
  ['a path with a blank in it', { path: '/a b' }, 'probe.path', /"\/health"/],
  ['a path where none is asked for', { kind: 'tcp', path: '/health' }, 'probe.path', /Leave the path out/],
])('%s is refused', (_what, asked, field, remedy) => {
  expect(() => newProbe(asked)).toThrow(
    expect.objectContaining({
      code: 'invalid_spec',
      details: { field },
      remedy: expect.stringMatching(remedy) as string,
    }),
  );
});
