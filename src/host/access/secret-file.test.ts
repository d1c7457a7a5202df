import { chmod, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { openSecretFile } from './secret-file.ts';

let folder: string;
const lines: string[] = [];
const log = createLog({ level: 'debug', destination: { write: (line) => lines.push(line) } });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-secret-'));
  lines.length = 0;
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('a secret is made once, for its owner alone, and never logged', async () => {
  const path = join(folder, 'state', 'token');
  const secret = await openSecretFile(path, log);
  expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect((await stat(join(folder, 'state'))).mode & 0o777).toBe(0o700);
  expect(await readFile(path, 'utf8')).toBe(`${secret}\n`);
  expect(await openSecretFile(path, log)).toBe(secret);
  expect(lines.join('')).not.toContain(secret);
});

test('several who start at once agree, and leave nothing lying about', async () => {
  const path = join(folder, 'token');
  const secrets = await Promise.all([openSecretFile(path, log), openSecretFile(`${folder}/./token`, log)]);
  expect(new Set(secrets).size).toBe(1);
  expect(await readdir(folder)).toEqual(['token']);
});

test('one that others could read is replaced, and that is said', async () => {
  const path = join(folder, 'token');
  const before = await openSecretFile(path, log);
  await chmod(path, 0o644);
  const after = await openSecretFile(path, log);
  expect(after).not.toBe(before);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(lines.join('')).toContain('could be read by other users');
});

test.each(['', 'short', 'two\nlines', 'x'.repeat(44)])('%j is no secret of ours', async (text) => {
  const path = join(folder, 'token');
  await writeFile(path, text, { mode: 0o600 });
  await expect(openSecretFile(path, log)).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringContaining(path) as unknown,
  });
});
