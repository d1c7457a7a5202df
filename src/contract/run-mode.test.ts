import { expect, test } from 'vitest';
import { asked, isStopped, wishOf } from './run-mode.ts';
import { workspaceSpecSchema } from './workspace.ts';

test.for([
  ['nothing is said', {}, 'Running'],
  ['the boolean alone', { running: true }, 'Running'],
  ['the boolean alone', { running: false }, 'Stopped'],
  ['the mode alone', { mode: 'Running' }, 'Running'],
  ['the mode alone', { mode: 'Stopped' }, 'Stopped'],
  ['both, and the mode wins', { mode: 'Stopped', running: true }, 'Stopped'],
  ['both, and the mode wins', { mode: 'Running', running: false }, 'Running'],
  ['a mode of a newer version', { mode: 'Hibernated' }, 'unknown'],
  ['a mode of a newer version beside the boolean', { mode: 'Hibernated', running: false }, 'unknown'],
] as const)('%s: %o is %s', ([, spec, wish]) => {
  expect(wishOf(spec)).toBe(wish);
  expect(isStopped(spec)).toBe(wish === 'Stopped');
});

test.for([
  ['without a mode, as hosts from before it do', { running: true }, { running: false }],
  ['of one that is not known', undefined, { running: false }],
  ['with the mode, where there is one', { mode: 'Running' }, { running: false, mode: 'Stopped' }],
  ['whatever that is', { mode: 'Hibernated', running: true }, { running: false, mode: 'Stopped' }],
] as const)('a stop is written %s', ([, spec, patch]) => expect(asked(spec, 'Stopped')).toEqual(patch));

test('a mode of a newer version is read and not refused', () => {
  expect(workspaceSpecSchema.parse({ image: 'a', mode: 'Hibernated' })).toMatchObject({
    mode: 'Hibernated',
  });
});
