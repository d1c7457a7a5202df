import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { parseConfigFile } from './config-file.ts';
import { homeFolder, readConfig, readSettings } from './config.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guildnet-config-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

async function problem(promise: Promise<unknown>): Promise<GuildNetError> {
  const error: unknown = await promise.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error instanceof GuildNetError) return error;
  throw new Error('no GuildNetError was thrown', { cause: error });
}

test('without anything: loopback, origins of their own, built-in presets', async () => {
  expect(await readConfig({}, home)).toEqual({
    home,
    listen: { host: '127.0.0.1', port: 8080 },
    allowedHosts: [],
    originMode: 'host',
    localAuth: 'token',
    proxyTargets: [],
    proxyAllowAnyTarget: false,
    transport: 'auto',
    disableApiProxy: false,
    assetCache: true,
    wake: true,
    logLevel: 'info',
  });
});

test('assets are kept unless they are not to be', async () => {
  expect(await readConfig({ GUILDNET_ASSET_CACHE: 'OFF' }, home)).toMatchObject({ assetCache: false });
  await writeFile(join(home, 'config.yaml'), 'assetCache: off\n');
  expect(await readConfig({}, home)).toMatchObject({ assetCache: false });
  await expect(readConfig({ GUILDNET_ASSET_CACHE: '10' }, home)).rejects.toMatchObject({ code: 'bad_config' });
});

test('the way to the workspaces is chosen by its name, and past the API server by the specification’s', async () => {
  expect(await readConfig({ GUILDNET_TRANSPORT: 'Pod-Proxy' }, home)).toMatchObject({ transport: 'pod-proxy' });
  expect(await readConfig({ HOSTAPP_DISABLE_API_PROXY: 'true' }, home)).toMatchObject({ disableApiProxy: true });
  await expect(readConfig({ GUILDNET_TRANSPORT: 'spdy' }, home)).rejects.toMatchObject({ code: 'bad_config' });
});

test('targets of the proxy are hosts, with or without a port, as they will be compared', async () => {
  const env = { PROXY_TARGETS: 'NAS.example:5000, 10.0.0.7,[2001:DB8::1]:80', PROXY_ALLOW_ANY_TARGET: 'true' };
  expect(await readConfig(env, home)).toMatchObject({
    proxyTargets: [
      { host: 'nas.example', port: 5000 },
      { host: '10.0.0.7', port: undefined },
      { host: '2001:db8::1', port: 80 },
    ],
    proxyAllowAnyTarget: true,
  });
  await writeFile(join(home, 'config.yaml'), 'proxyTargets: [a.example]\nproxyAllowAnyTarget: true\n');
  expect(await readConfig({}, home)).toMatchObject({
    proxyTargets: [{ host: 'a.example', port: undefined }],
    proxyAllowAnyTarget: true,
  });
});

test.each([
  [{ LOCAL_AUTH: 'off' }, { localAuth: 'off' }],
  [
    { LOCAL_AUTH: 'Token', LISTEN_LOCAL: ':8080' },
    { localAuth: 'token', listen: { host: '0.0.0.0', port: 8080 } },
  ],
  [{ LOCAL_AUTH: 'off', LISTEN_LOCAL: '[::1]:8080' }, { localAuth: 'off' }],
  [{ LOCAL_AUTH: 'off', LISTEN_LOCAL: '127.0.0.2:8080' }, { localAuth: 'off' }],
  [{ GUILDNET_PUBLIC_URL: 'https://Dev.example/' }, { publicUrl: { host: 'dev.example', port: 443 } }],
  [{ GUILDNET_PUBLIC_URL: 'https://localhost:9000' }, { publicUrl: { host: 'localhost', port: 9000 } }],
])('%o is taken', async (env, config) => {
  expect(await readConfig(env, home)).toMatchObject(config);
});

test('the environment wins over the file; empty variables count as absent', async () => {
  await writeFile(
    join(home, 'config.yaml'),
    'listen: 127.0.0.1:1\nlogLevel: debug\npresets:\n  - {label: a, image: b}\n',
  );
  const config = await readConfig(
    { LISTEN_LOCAL: '127.0.0.1:2', LOG_LEVEL: '', FRONTEND_ORIGIN: 'https://a.b:443/' },
    home,
  );
  expect(config).toMatchObject({
    listen: { port: 2 },
    logLevel: 'debug',
    frontendOrigin: 'https://a.b',
    presets: [{ label: 'a', image: 'b' }],
  });
});

test.each([
  [{ LISTEN_LOCAL: 'x' }, 'LISTEN_LOCAL: "x" is not an address'],
  [{ FRONTEND_ORIGIN: 'localhost' }, 'FRONTEND_ORIGIN: "localhost" is not an origin'],
  [{ PROXY_ORIGIN_MODE: 'both' }, 'PROXY_ORIGIN_MODE: "both" is neither'],
  [{ GUILDNET_NAMESPACE: 'A_b' }, 'GUILDNET_NAMESPACE: "A_b" is not a namespace'],
  [{ PROXY_TARGETS: 'a:80,http://b/' }, 'PROXY_TARGETS: "http://b/" is no host and port: it is a URL'],
  [{ PROXY_ALLOW_ANY_TARGET: 'maybe' }, 'PROXY_ALLOW_ANY_TARGET: "maybe" is neither "true" nor "false"'],
  [{ GUILDNET_WAKE: 'maybe' }, 'GUILDNET_WAKE: "maybe" is neither'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL: "loud" is not a level'],
  [{ LOCAL_AUTH: 'no' }, 'LOCAL_AUTH: "no" is neither'],
  [{ LOCAL_AUTH: 'off', LISTEN_LOCAL: '0.0.0.0:80' }, 'LOCAL_AUTH: off is for loopback alone'],
  [
    { LISTEN_LOCAL: ':8080' },
    'LISTEN_LOCAL: 0.0.0.0:8080 can be reached from other computers, and no access rule is set',
  ],
  [{ GUILDNET_PUBLIC_URL: 'http://dev.example' }, 'GUILDNET_PUBLIC_URL: "http://dev.example" is not served over https'],
  [{ GUILDNET_PUBLIC_URL: 'dev.example' }, 'GUILDNET_PUBLIC_URL: "dev.example" is not an origin'],
])('%o is named with its problem', async (env, text) => {
  const error = await problem(readConfig(env, home));
  expect(error.code).toBe('bad_config');
  expect(error.message).toContain(text);
});

test.each([
  [{ GUILDNET_WAKE: 'OFF' }, 'wake: on\n', false],
  [{ GUILDNET_WAKE: 'on' }, 'wake: off\n', true],
  [{}, 'wake: off\n', false],
])('waking is switched by %o over %j', async (env, file, wake) => {
  await writeFile(join(home, 'config.yaml'), file);
  expect((await readConfig(env, home)).wake).toBe(wake);
});

test('a flag wins over both, and what it says wrong is named by it', async () => {
  await writeFile(join(home, 'config.yaml'), 'listen: 127.0.0.1:1\n');
  const env = { LISTEN_LOCAL: '127.0.0.1:2' };
  expect((await readConfig(env, home, { listen: '127.0.0.1:3' })).listen.port).toBe(3);
  expect((await problem(readConfig(env, home, { listen: 'x' }))).message).toContain('--listen: "x" is not an address');
});

test('each setting is told with its value and where that comes from; a secret is masked', async () => {
  await writeFile(
    join(home, 'config.yaml'),
    '# mine\nwake: off\nallowedHosts: [a, b]\npresets:\n  - {label: one, image: a}\n  - {label: two, image: b}\n',
  );
  const env = { LOG_LEVEL: 'Debug', AGENT_DEFAULT_PASSWORD: 'hunter2', TS_AUTHKEY: 'hunter3', KUBECONFIG: '/k' };
  const { report } = await readSettings(env, home, { namespace: 'dev' });
  const file = join(home, 'config.yaml');
  expect(report.file).toBe(file);
  const told = Object.fromEntries(report.settings.map(({ key, value, source, from }) => [key, [value, source, from]]));
  expect(told).toMatchObject({
    listen: ['127.0.0.1:8080', 'default', 'default'],
    namespace: ['dev', 'flag', '--namespace'],
    logLevel: ['debug', 'environment', 'LOG_LEVEL'],
    wake: ['off', 'file', `${file}:2`],
    allowedHosts: ['a, b', 'file', `${file}:3`],
    presets: ['one, two', 'file', `${file}:4`],
    frontendOrigin: [undefined, 'default', 'default'],
    agentDefaultPassword: ['•••', 'environment', 'AGENT_DEFAULT_PASSWORD'],
    tailnetAuthKey: ['•••', 'environment', 'TS_AUTHKEY'],
    tailnetLoginServer: ['https://controlplane.tailscale.com', 'default', 'default'],
    ingressClassName: ['nginx', 'default', 'default'],
    kubeconfig: ['/k', 'environment', 'KUBECONFIG'],
  });
  expect(JSON.stringify(report)).not.toMatch(/hunter/);
});

test('several problems are told at once', async () => {
  const error = await problem(readConfig({ LISTEN_LOCAL: 'x', LOG_LEVEL: 'y' }, home));
  expect(error.details['problems']).toHaveLength(2);
});

test('a value of the file is named by its key', async () => {
  await writeFile(join(home, 'config.yaml'), 'listen: nowhere\n');
  expect((await problem(readConfig({}, home))).message).toContain('config.yaml:1: listen: "nowhere"');
});

describe('the file', () => {
  test.each([
    ['presets: [', /config\.yaml:1: /],
    ['logLevel: info\nlisen: 1\n', /config\.yaml:2: Unrecognized key: "lisen"/],
    ['logLevel: info\npresets:\n  - label: a\n', /config\.yaml:3: presets\.0\.image: /],
    ['presets: []\n', /config\.yaml:1: presets: /],
    ['- a\n', /config\.yaml:1: /],
    // One mistake, of which the parser speaks three times.
    ['presets: {{{', /^config\.yaml:1: [^\n]+$/],
  ])('%j is refused with its line', (text, message) => {
    expect(() => parseConfigFile(text, 'config.yaml')).toThrow(message);
  });

  test('an empty file is no file', () => {
    expect(parseConfigFile('', 'config.yaml').values).toEqual({});
  });
});

test('the home folder is absolute', () => {
  expect(homeFolder({ GUILDNET_HOME: 'x' })).toBe(join(process.cwd(), 'x'));
});
