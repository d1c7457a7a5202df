import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guildnetWith } from '#test/cli/run.ts';
import type { Ran } from '#test/cli/run.ts';
import { openCertificates } from '#host/certs/certificates.ts';
import { createLog } from '#host/observability/log.ts';
import { readTailnetConfig } from '#host/tailnet/tailnet-config.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guildnet-config-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const run = (env: NodeJS.ProcessEnv, ...args: string[]): Promise<Ran> =>
  guildnetWith({ GUILDNET_HOME: home, ...env }, ...args);
const file = (): string => join(home, 'config.yaml');

describe('guildnet config', () => {
  test('shows what counts, what was said first, and where', async () => {
    await writeFile(file(), 'logLevel: debug\n');
    const { code, stdout } = await run({ LISTEN_LOCAL: '127.0.0.1:1' }, 'config', '--namespace', 'dev');
    expect(code).toBe(0);
    const lines = stdout.split('\n').map((line) => line.split(/ {2,}/));
    expect(lines.slice(0, 4)).toEqual([
      ['SETTING', 'VALUE', 'FROM'],
      ['listen', '127.0.0.1:1', 'LISTEN_LOCAL'],
      ['namespace', 'dev', '--namespace'],
      ['logLevel', 'debug', `${file()}:1`],
    ]);
    expect(lines).toContainEqual(['wake', 'on', 'default']);
    expect(lines).toContainEqual(['frontendOrigin', '-', 'default']);
    expect(stdout).toContain(`The file is ${file()}.`);
  });

  test('tells a variable that nothing reads, and the one that was probably meant', async () => {
    const env = { GUILDNET_NAMESPCE: 'a-value' };
    const { code, stdout } = await run(env, 'config');
    expect(code).toBe(0);
    expect(stdout).toContain('The variable GUILDNET_NAMESPCE is none that GuildNet reads; GUILDNET_NAMESPACE is one.');
    expect(stdout).not.toContain('a-value');
    expect(JSON.parse((await run(env, 'config', '--json')).stdout)).toMatchObject({
      unread: [{ variable: 'GUILDNET_NAMESPCE', nearest: 'GUILDNET_NAMESPACE' }],
    });
  });

  test('says with --explain what each is for', async () => {
    const { stdout } = await run({}, 'config', '--explain');
    expect(stdout).toMatch(/^listen .* The address and port to listen on\. \(LISTEN_LOCAL\)$/m);
  });

  test('never prints a secret', async () => {
    const env = { AGENT_DEFAULT_PASSWORD: 'hunter2' };
    const said = [await run(env, 'config'), await run(env, 'config', '--json')];
    for (const { code, stdout } of said) {
      expect(code).toBe(0);
      expect(stdout).toContain('•••');
      expect(stdout).not.toContain('hunter2');
    }
    expect(JSON.parse(said[1]?.stdout ?? '')).toMatchObject({ file: file(), settings: expect.any(Array) as unknown[] });
  });

  test.each<[string, NodeJS.ProcessEnv, string[], string]>([
    ['lisen: 1\n', {}, [], 'config.yaml:1: Unrecognized key: "lisen"'],
    ['\nlogLevel: loud\n', {}, [], 'config.yaml:2: logLevel: "loud" is not a level'],
    ['wake: on\nworkspaceDomain: "a b"\n', {}, [], 'config.yaml:2: workspaceDomain: "a b" is not a domain'],
    ['tailnetLoginServer: nowhere\n', {}, [], 'config.yaml:1: tailnetLoginServer: "nowhere" is not an address'],
    ['', { GUILDNET_WAKE: 'maybe' }, [], 'GUILDNET_WAKE: "maybe" is neither'],
    ['', { WORKSPACE_LB: 'maybe' }, [], 'WORKSPACE_LB: '],
    ['', {}, ['--listen', 'x'], '--listen: "x" is not an address'],
  ])('refuses %j with %o and %j', async (text, env, args, why) => {
    await writeFile(file(), text);
    const { code, stdout, stderr } = await run(env, 'config', ...args);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(why);
  });
});

describe('guildnet init', () => {
  test('writes what flags say, for its owner alone', async () => {
    const { code, stdout } = await run({}, 'init', '--listen', '127.0.0.1:9', '--namespace', 'dev');
    expect([code, stdout]).toEqual([0, `${file()} is written\n`]);
    expect(await readFile(file(), 'utf8')).toMatch(/\nlisten: 127\.0\.0\.1:9\nnamespace: dev\n$/);
    expect((await stat(file())).mode & 0o777).toBe(0o600);
    expect((await run({}, 'config')).stdout).toMatch(/^namespace +dev +.*config\.yaml:\d+$/m);
  });

  test('writes how to join a tailnet, and the key into a file of its own', async () => {
    await writeFile(join(home, 'given'), 'hskey-secret\n');
    const flags = ['--login-server', 'https://headscale.example', '--hostname', 'desk'];
    const { code, stdout } = await run({}, 'init', ...flags, '--auth-key-file', join(home, 'given'));
    const kept = join(home, 'tailnet-auth-key');
    expect([code, stdout]).toEqual([0, `${file()} is written\nThe key is in ${kept}, for you alone.\n`]);
    expect(await readTailnetConfig({}, home)).toMatchObject({
      mode: 'embedded',
      loginServer: 'https://headscale.example',
      hostname: 'desk',
      authKey: 'hskey-secret',
    });
    expect(await readFile(file(), 'utf8')).not.toContain('hskey-secret');
    expect((await stat(kept)).mode & 0o777).toBe(0o600);
  });

  test.each([
    [['--listen', '0.0.0.0:80', '--local-auth', 'off'], 'off is for loopback alone'],
    [['--login-server', 'nowhere'], 'tailnetLoginServer: "nowhere" is not an address'],
    [['--login-server', 'https://a.example', '--hostname', 'My Desk'], '"My Desk" is not a host name'],
    [['--auth-key-file', '/dev/null'], 'The key is empty.'],
    [['--auth-key-file', '/nowhere'], 'The key cannot be read'],
  ])('refuses %j, and writes nothing', async (flags, why) => {
    const { code, stderr } = await run({}, 'init', ...flags);
    expect(code).toBe(1);
    expect(stderr).toContain(why);
    expect(await readdir(home)).toEqual([]);
  });

  test('without a terminal it asks nobody', async () => {
    const { code, stderr } = await run({}, 'init');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no terminal to ask at.');
  });
});

describe('guildnet cert', () => {
  test('says that there is none yet', async () => {
    expect((await run({}, 'cert')).stdout).toBe('There is no certificate yet; the host makes one when it starts.\n');
    const { code, stderr } = await run({}, 'cert', 'export');
    expect(code).toBe(1);
    expect(stderr).toContain('There is no authority yet.');
  });

  test('shows what is served and for which names, and hands out the authority without its key', async () => {
    const folder = join(home, 'state', 'certs');
    await openCertificates({ folder, userFolder: join(home, 'none'), log: createLog({ level: 'silent' }) });
    const shown = await run({}, 'cert');
    expect(shown.stdout).toMatch(/^served +.*server\.crt\n {2}for +DNS:localhost, .*\n {2}until +20/);
    expect(JSON.parse((await run({}, 'cert', '--json')).stdout)).toContainEqual(
      expect.objectContaining({ state: 'served', file: join(folder, 'server.crt') }),
    );
    const exported = await run({}, 'cert', 'export');
    expect(exported.stdout).toBe(await readFile(join(folder, 'ca.crt'), 'utf8'));
    expect(exported.stdout).not.toContain('PRIVATE');
  });
});
