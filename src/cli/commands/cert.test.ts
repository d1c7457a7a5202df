import { X509Certificate } from 'node:crypto';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { guildnetWith } from '#test/cli/run.ts';
import type { Ran } from '#test/cli/run.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guildnet-cert-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const run = (...args: string[]): Promise<Ran> => guildnetWith({ GUILDNET_HOME: home, HOME: home, PATH: '' }, ...args);
const generate = (...args: string[]): Promise<Ran> => run('cert', 'generate', '--out', join(home, 'certs'), ...args);

describe('guildnet cert generate', () => {
  test('makes a certificate for the names, and an authority that its owner hands on', async () => {
    const made = await generate('-H', 'localhost,127.0.0.1', '-H', 'laptop.example', '--json');
    expect([made.code, made.stderr]).toEqual([0, '']);
    const told = JSON.parse(made.stdout) as { certificate: string; key: string; authority: string };
    expect(told).toMatchObject({ names: ['localhost', '127.0.0.1', 'laptop.example'], authority_is_new: true });
    const leaf = new X509Certificate(await readFile(told.certificate));
    expect(leaf.subjectAltName).toBe('DNS:localhost, IP Address:127.0.0.1, DNS:laptop.example');
    expect((await stat(told.key)).mode & 0o777).toBe(0o600);
    expect(leaf.checkIssued(new X509Certificate(await readFile(told.authority)))).toBe(true);
  });

  test('replaces nothing unless it is told to, and then keeps the authority', async () => {
    await generate('-H', 'a.example');
    const again = await generate('-H', 'a.example');
    expect(again.code).toBe(1);
    expect(again.stderr).toMatch(/server\.crt is there\.\n.*-f/);
    const forced = await generate('-H', 'a.example', '-f');
    expect([forced.code, forced.stdout]).toEqual([0, expect.stringContaining('Devices that trust') as string]);
  });

  test('refuses what is no name', async () => {
    const { code, stderr } = await generate('-H', '*.localhost');
    expect([code, stderr]).toEqual([1, expect.stringContaining('"*.localhost" is neither a host name') as string]);
  });
});

describe('guildnet cert trust', () => {
  test('says so where there is nothing to trust', async () => {
    const { code, stderr } = await run('cert', 'trust', '--print');
    expect([code, stderr]).toEqual([1, expect.stringContaining('no authority yet') as string]);
  });

  test.runIf(process.platform === 'linux')('prints the exact commands and runs none', async () => {
    const { mkdir } = await import('node:fs/promises');
    await generate('-H', 'a.example');
    await mkdir(join(home, '.pki', 'nssdb'), { recursive: true });
    await writeFile(join(home, '.pki', 'nssdb', 'cert9.db'), '');
    const { code, stdout } = await run('cert', 'trust', '--print', '--json');
    expect(code).toBe(0);
    const [step] = JSON.parse(stdout) as { command: string; outcome: string; why: string }[];
    expect(step?.outcome).toBe('to do');
    expect(step?.command).toContain(`-i ${join(home, 'state', 'certs', 'names-ca.crt')}`);
  });
});

test('guildnet cert export prints all authorities', async () => {
  await generate('-H', 'a.example');
  const none = await run('cert', 'export');
  expect([none.code, none.stdout]).toEqual([1, '']);
});
