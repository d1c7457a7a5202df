import { expect, test } from 'vitest';
import { givenSettings } from './given-settings.ts';
import type { FileSettings, SettingFlags } from './given-settings.ts';

const file = (values: Record<string, unknown>): FileSettings => ({
  path: '/x/config.yaml',
  values,
  lineOf: (key) => (key in values ? 7 : undefined),
});

test.each<[string, SettingFlags, NodeJS.ProcessEnv, Record<string, unknown>, string, string, unknown]>([
  ['the flag', { listen: ':1' }, { LISTEN_LOCAL: ':2' }, { listen: ':3' }, 'flag', '--listen', ':1'],
  ['the variable', {}, { LISTEN_LOCAL: ' :2 ' }, { listen: ':3' }, 'environment', 'LISTEN_LOCAL', ':2'],
  ['the file', {}, { LISTEN_LOCAL: ' ' }, { listen: ':3' }, 'file', '/x/config.yaml:7', ':3'],
  ['the default', {}, {}, {}, 'default', 'default', '127.0.0.1:8080'],
])('%s wins over what comes after it', (_what, flags, env, values, source, from, raw) => {
  expect(givenSettings(env, file(values), flags).listen).toEqual({ raw, source, from });
});

test('lists, switches and words are read as each place writes them', () => {
  const env = { GUILDNET_ALLOWED_HOSTS: 'A.example, b.example', LOCAL_AUTH: 'OFF', GUILDNET_WAKE: 'On' };
  const given = givenSettings(env, file({ proxyAllowAnyTarget: true, proxyTargets: ['NAS'] }), {});
  expect(given.allowedHosts.raw).toEqual(['a.example', 'b.example']);
  expect(given.localAuth.raw).toBe('off');
  expect(given.wake.raw).toBe('on');
  expect(given.proxyAllowAnyTarget.raw).toBe('true');
  expect(given.proxyTargets.raw).toEqual(['NAS']);
  expect(given.presets).toEqual({ raw: undefined, source: 'default', from: 'default' });
});
