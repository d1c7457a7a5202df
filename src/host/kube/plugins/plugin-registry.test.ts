import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import type { Choice } from '../kubeconfig/choose.ts';
import type { ExecFields } from '../kubeconfig/schema.ts';
import type { CredentialPlugin } from './credential-plugin.ts';
import { createPluginRegistry } from './plugin-registry.ts';
import type { RegistryOptions } from './plugin-registry.ts';

const apiVersion = 'client.authentication.k8s.io/v1';

/** A plugin that writes down what it was told, and gives the token that `script` prints, or nothing. */
async function setting(exec: ExecFields, script: string, options: RegistryOptions = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-registry-'));
  const program = join(folder, 'login');
  const text = `#!/bin/sh\necho "$KUBERNETES_EXEC_INFO $MINE" >> "${folder}/told"\n${script}\n`;
  await writeFile(program, text, { mode: 0o755 });
  const registry = createPluginRegistry({
    env: { PATH: `${folder}:${process.env['PATH'] ?? ''}`, FOLDER: folder },
    ...options,
  });
  onTestFinished(async () => {
    registry.close();
    await rm(folder, { recursive: true });
  });
  const choice = (server = 'https://c'): Choice => {
    const entry = { file: 'kubeconfig', line: undefined };
    return {
      context: 'x',
      namespace: undefined,
      server: new URL(server),
      cluster: { ...entry, name: 'c', fields: { server } },
      user: { ...entry, name: 'u', fields: { exec: { apiVersion, command: 'login', ...exec } } },
    };
  };
  const plugin = (server?: string): CredentialPlugin =>
    registry.pluginOf(choice(server), () => Promise.resolve(undefined));
  return {
    registry,
    plugin,
    current: (server?: string) => plugin(server).current(),
    logIn: () => writeFile(join(folder, 'in'), ''),
    told: async () => (await readFile(join(folder, 'told'), 'utf8')).trim().split('\n'),
  };
}

const give = `echo '{"kind":"ExecCredential","apiVersion":"${apiVersion}","status":{"token":"t"}}'`;

describe.skipIf(process.platform === 'win32')('credential plugins', () => {
  test('are run once for all requests and all clusters that tell them the same', async () => {
    const { current, told } = await setting({ interactiveMode: 'Never', env: [{ name: 'MINE', value: 'yes' }] }, give);
    const all = Array.from({ length: 20 }, (_, index) => current(`https://c${String(index % 2)}`));
    for (const one of await Promise.all(all)) expect(one).toEqual({ authorization: 'Bearer t' });
    expect(await told()).toEqual([
      `{"kind":"ExecCredential","apiVersion":"${apiVersion}","spec":{"interactive":false}} yes`,
    ]);
  });

  test('are run for each cluster that they want to know', async () => {
    const { current, told } = await setting({ interactiveMode: 'Never', provideClusterInfo: true }, give);
    await Promise.all(['https://a', 'https://b', 'https://a'].map(current));
    expect(new Set((await told()).map((line) => /"server":"([^"]*)"/.exec(line)?.[1]))).toEqual(
      new Set(['https://a', 'https://b']),
    );
    expect(await told()).toHaveLength(2);
  });

  test('that ask a person are run at a terminal only, once each time that a person wants it', async () => {
    const { current, told, registry } = await setting({ interactiveMode: 'Always' }, 'exit 1', {
      atTerminal: () => true,
    });
    await expect(current()).rejects.toThrow('failed (exit code 1)');
    registry.personAsks();
    await expect(current()).rejects.toThrow('failed (exit code 1)');
    expect(await told()).toHaveLength(2);
  });

  test('that ask a person are not run again by themselves', async () => {
    const expired = give.replace('"status":{', '"status":{"expirationTimestamp":"2020-01-01T00:00:00Z",');
    const { current, told } = await setting({ interactiveMode: 'Always' }, expired, { atTerminal: () => true });
    await current();
    await expect(current()).rejects.toMatchObject({
      message: expect.stringContaining('asks a person at a terminal') as string,
      remedy: expect.stringContaining('kubectl') as string,
    });
    expect(await told()).toHaveLength(1);
  });

  test('that would ask, if they could, run without a terminal where there is none', async () => {
    const { current, told } = await setting({ interactiveMode: 'IfAvailable' }, give, { atTerminal: () => false });
    await current();
    expect(await told()).toEqual([expect.stringContaining('"interactive":false')]);
  });

  test('that have to ask are not run where there is no terminal', async () => {
    const { current, told } = await setting({ interactiveMode: 'Always' }, give, { atTerminal: () => false });
    await expect(current()).rejects.toMatchObject({ code: 'cluster_unauthorized', details: { program: 'login' } });
    await expect(told()).rejects.toThrow('ENOENT');
  });

  test('that hang are ended, and what they said is told without their secrets', async () => {
    const script = 'echo "go to https://login.example, not to token=s3cret" >&2; sleep 600';
    const { current } = await setting({ interactiveMode: 'Never' }, script, { limitMs: 500 });
    const error: unknown = await current().catch((reason: unknown) => reason);
    expect(error).toMatchObject({
      message: expect.stringMatching(/was ended: go to https:\/\/login\.example, not to token=…/) as string,
    });
  });

  test('that are not there say what to install', async () => {
    const exec = { interactiveMode: 'Never', command: 'guildnet-none', installHint: 'brew install \u001B[1mnone' };
    const { current } = await setting(exec, give);
    await expect(current()).rejects.toMatchObject({
      message: expect.stringContaining('"guildnet-none", which cannot be started (ENOENT)') as string,
      remedy: 'Install "guildnet-none" or put it on the PATH of GuildNet. brew install none',
    });
  });

  test('that wait for a person are heard before they end', async () => {
    const script = `echo 'open https://login.example and enter ABCD-EFGH' >&2; while [ ! -e "$FOLDER/in" ]; do sleep 0.05; done\n${give}`;
    const { plugin, logIn } = await setting({ interactiveMode: 'Never' }, script);
    const waiting = plugin().current();
    await vi.waitUntil(() => plugin().said?.() === 'open https://login.example and enter ABCD-EFGH');
    await logIn();
    expect(await waiting).toEqual({ authorization: 'Bearer t' });
    expect(plugin().said?.()).toBeUndefined();
  });
});
