import { expect, test } from 'vitest';
import type { WorkspaceSpec } from '#contract/workspace.ts';
import { operatorConfigFromEnv } from '../operator/config.ts';
import { hasWellKnownPassword } from './well-known-password.ts';

const image = 'codercom/code-server:4';

test.each<[what: string, spec: WorkspaceSpec, setting: string, generated: boolean, told: boolean]>([
  ['code-server with the default password', { image }, '', false, true],
  ['an empty one of its own', { image, env: [{ name: 'PASSWORD', value: '' }] }, '', false, true],
  ['AGENT_DEFAULT_PASSWORD', { image }, 'one', false, false],
  ['AGENT_DEFAULT_PASSWORD=generate', { image }, 'generate', false, false],
  ['one that was generated before', { image }, '', true, false],
  ['our own image', { image: 'guildnet.local/code-server:4' }, '', false, false],
  ['its own password', { image, env: [{ name: 'PASSWORD', value: 'mine' }] }, '', false, false],
  // Whoever sets it does not count on the default.
  ['its own password, which is that', { image, env: [{ name: 'PASSWORD', value: 'changeme' }] }, '', false, false],
  ['another image', { image: 'nginx:1' }, '', false, false],
])('%s', (_what, spec, setting, generated, told) => {
  const config = operatorConfigFromEnv({ AGENT_DEFAULT_PASSWORD: setting });
  expect(hasWellKnownPassword({ spec }, config, generated)).toBe(told);
});
