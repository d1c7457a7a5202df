import { homedir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseConfigFile } from './config-file.ts';
import { completedEnvironment } from './completed-environment.ts';
import { givenSettings } from './given-settings.ts';

function completed(env: NodeJS.ProcessEnv, text: string, flags = {}): NodeJS.ProcessEnv {
  const file = { path: 'config.yaml', ...parseConfigFile(text, 'config.yaml') };
  return completedEnvironment(env, givenSettings(env, file, flags));
}

test.each<[string, NodeJS.ProcessEnv, string, object, NodeJS.ProcessEnv]>([
  ['nothing', { PATH: '/bin' }, '', {}, { PATH: '/bin' }],
  ['the file', {}, 'workspaceDomain: dev.example\n', {}, { WORKSPACE_DOMAIN: 'dev.example' }],
  ['switches of the file', {}, 'workspaceLb: true\n', {}, { WORKSPACE_LB: 'true' }],
  ['a variable before the file', { WORKSPACE_LB: 'no' }, 'workspaceLb: true\n', {}, { WORKSPACE_LB: 'no' }],
  [
    'an empty variable, as if it were absent',
    { WORKSPACE_LB: '' },
    'workspaceLb: true\n',
    {},
    { WORKSPACE_LB: 'true' },
  ],
  ['a flag before all', { KUBECONFIG: '/a' }, 'kubeconfig: /b\n', { kubeconfig: '/c' }, { KUBECONFIG: '/c' }],
  ['the home folder in the file', {}, 'kubeconfig: ~/k\n', {}, { KUBECONFIG: join(homedir(), 'k') }],
  ['blanks of a password', { AGENT_DEFAULT_PASSWORD: ' a ' }, '', {}, { AGENT_DEFAULT_PASSWORD: ' a ' }],
  ['what is read elsewhere', {}, 'listen: 127.0.0.1:1\nwake: off\n', {}, {}],
])('%s', (_what, env, text, flags, expected) => {
  expect(completed(env, text, flags)).toEqual(expected);
});
