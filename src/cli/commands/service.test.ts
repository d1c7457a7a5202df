import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { guildnetWith } from '#test/cli/run.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guildnet-service-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

test('the unit can be seen before anything is changed', async () => {
  const env = { HOME: home, KUBECONFIG: '/k', TS_AUTHKEY: 'tskey-secret' };
  const { code, stdout } = await guildnetWith(env, 'service', 'install', '--print', '--', '--listen', '127.0.0.1:9443');
  expect(code).toBe(0);
  expect(stdout).toMatch(/^ExecStart=.* "serve" "--listen" "127\.0\.0\.1:9443"$/m);
  expect(stdout).toContain('Environment="KUBECONFIG=/k"');
  // Only what is asked for is carried over.
  expect(stdout).not.toContain('tskey-secret');
  expect(existsSync(join(home, '.config'))).toBe(false);
});

test('a variable that is to be carried over and is not set is refused', async () => {
  const args = ['service', 'install', '--print', '--env', 'TS_AUTHKEY'];
  const { code, stdout } = await guildnetWith({ HOME: home, TS_AUTHKEY: 'tskey-secret' }, ...args);
  expect([code, stdout]).toEqual([0, expect.stringContaining('Environment="TS_AUTHKEY=tskey-secret"') as string]);
  const unset = await guildnetWith({ HOME: home }, ...args);
  expect([unset.code, unset.stderr]).toEqual([1, expect.stringContaining('TS_AUTHKEY, which is not set') as string]);
});

test.runIf(process.platform === 'linux')(
  'where systemd does not answer it is said, and the unit is left to be looked at',
  async () => {
    // No program is found by this path.
    const { code, stderr } = await guildnetWith({ HOME: home, PATH: home }, 'service', 'install');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/systemctl --user daemon-reload failed: .*ENOENT/) as string,
    ]);
    const file = join(home, '.config', 'systemd', 'user', 'guildnet.service');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toContain('WantedBy=default.target');
  },
);
