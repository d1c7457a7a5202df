import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import type { ConfigFile } from '../config/config-file.ts';
import { ownName, tailnetConfig } from './tailnet-config.ts';

test.each<[string, NodeJS.ProcessEnv, ConfigFile, object]>([
  ['nothing', {}, {}, { mode: 'off', loginServer: 'https://controlplane.tailscale.com', authKey: undefined }],
  ['a key', { TS_AUTHKEY: ' tskey-1 ' }, {}, { mode: 'embedded', authKey: 'tskey-1' }],
  [
    'a control server',
    {},
    { tailnetLoginServer: 'http://head.test:8080' },
    { mode: 'embedded', loginServer: 'http://head.test:8080' },
  ],
  ['a key, and off', { TS_AUTHKEY: 'k', GUILDNET_TAILNET: 'off' }, { tailnet: 'embedded' }, { mode: 'off' }],
  ['the file', {}, { tailnet: 'embedded', tailnetHostname: 'lab' }, { mode: 'embedded', hostname: 'lab' }],
  ['a variable over the file', { TS_HOSTNAME: 'other' }, { tailnetHostname: 'lab' }, { hostname: 'other' }],
  [
    'the Tailscale of this machine',
    { GUILDNET_TAILNET: 'System', TS_SOCKET: '/run/own.sock' },
    {},
    { mode: 'system', socket: '/run/own.sock' },
  ],
  ['an empty variable', { TS_LOGIN_SERVER: '', GUILDNET_TAILNET: '' }, {}, { mode: 'off' }],
])('%s', async (_, env, file, expected) => {
  expect(await tailnetConfig(env, file)).toMatchObject(expected);
});

test.each<[string, NodeJS.ProcessEnv, ConfigFile, RegExp]>([
  ['a mode that is none', { GUILDNET_TAILNET: 'maybe' }, {}, /^GUILDNET_TAILNET: "maybe" is neither/],
  [
    'an address without a scheme',
    {},
    { tailnetLoginServer: 'head.test' },
    /^config.yaml: tailnetLoginServer: "head.test"/,
  ],
  [
    'a front that others reach',
    { GUILDNET_TAILNET: 'system', GUILDNET_TAILNET_FRONT: '0.0.0.0:8444' },
    {},
    /^GUILDNET_TAILNET_FRONT: "0.0.0.0:8444" is not of loopback/,
  ],
  [
    'a front of a node of our own',
    { GUILDNET_TAILNET: 'embedded', GUILDNET_TAILNET_FRONT: '8444' },
    {},
    /^GUILDNET_TAILNET_FRONT: it needs GUILDNET_TAILNET=system/,
  ],
  ['a name with dots', { TS_HOSTNAME: 'a.b' }, {}, /^TS_HOSTNAME: "a.b" is not a host name/],
  ['a key file that is not there', { TS_AUTHKEY_FILE: '/nowhere/key' }, {}, /\/nowhere\/key cannot be read/],
])('%s is refused by name', async (_, env, file, message) => {
  await expect(tailnetConfig(env, file)).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringMatching(message) as string,
  });
});

test('a key that is too long is refused without being told', async () => {
  const key = `tskey-${'x'.repeat(2000)}`;
  const error: unknown = await tailnetConfig({ TS_AUTHKEY: key }, {}).catch((reason: unknown) => reason);
  expect(error).toMatchObject({ code: 'bad_config' });
  expect(JSON.stringify(error) + String(error)).not.toContain('xxx');
});

test('a key is read from its file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-key-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  await writeFile(join(folder, 'key'), 'tskey-2\n');
  expect(await tailnetConfig({}, { tailnetAuthKeyFile: join(folder, 'key') })).toMatchObject({
    mode: 'embedded',
    authKey: 'tskey-2',
  });
});

test.each([
  ['Laptop.local', 'guildnet-laptop'],
  ['my_box!', 'guildnet-my-box'],
  ['42', 'guildnet'],
  ['', 'guildnet'],
])('the machine %j is called %s', (machine, name) => expect(ownName(machine)).toBe(name));
