import { expect, test } from 'vitest';
import { additions, startedByShell, variablesBetween } from './environment.ts';

test('what start-up files print does not count', () => {
  const printed = 'Welcome!\n--m--A=1\0B=x=y\nz\0C=\0--m--bye';
  expect(variablesBetween(printed, '--m--')).toEqual(
    new Map([
      ['A', '1'],
      ['B', 'x=y\nz'],
      ['C', ''],
    ]),
  );
});

test.each(['', 'A=1\0', '--m--A=1\0'])('what is cut off says nothing: %j', (printed) => {
  expect(variablesBetween(printed, '--m--')).toBeUndefined();
});

test('what we lack is added, and what we have stays', () => {
  const own = { PATH: '/usr/bin:/bin', HTTPS_PROXY: 'http://mine', KUBECONFIG: '' };
  const shell = new Map([
    ['PATH', '/opt/krew/bin:/bin'],
    ['HTTPS_PROXY', 'http://theirs'],
    ['KUBECONFIG', '/k'],
    ['AWS_PROFILE', 'dev'],
    ['EMPTY', ''],
  ]);
  expect(additions(own, shell)).toEqual({
    PATH: '/opt/krew/bin:/bin:/usr/bin',
    KUBECONFIG: '/k',
    AWS_PROFILE: 'dev',
  });
});

test.each([
  'SHLVL',
  '_',
  'PWD',
  'TERM',
  'NODE_OPTIONS',
  'ELECTRON_RUN_AS_NODE',
  'LD_PRELOAD',
  'DYLD_INSERT_LIBRARIES',
  'GUILDNET_HOME',
  'npm_config_x',
])('%s is the shell’s own', (name) => {
  expect(additions({}, new Map([[name, 'x']]))).toEqual({});
});

test.each([
  ['a terminal', { TERM: 'xterm' }, true],
  ['a dock', {}, false],
  ['a menu', { TERM: '' }, false],
])('started by %s', (_what, env, byShell) => {
  expect(startedByShell(env)).toBe(byShell);
});
