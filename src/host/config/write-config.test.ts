import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeConfigFile, changedConfigText } from './write-config.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guildnet-config-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

test.each([
  [undefined, { listen: ':1' }, /^# The settings of GuildNet\..*\n\nlisten: :1\n$/s],
  ['', { listen: ':1' }, /^listen: :1\n$/],
  ['# mine\n', { wake: 'off' }, /# mine\n[^]*wake: off\n$/],
  ['# mine\nwake: on # so\nlogLevel: info\n', { wake: 'off' }, /^# mine\nwake: off # so\nlogLevel: info\n$/],
  ['wake: on\nlogLevel: info\n', { wake: undefined }, /^logLevel: info\n$/],
])('%j with %j', (text, changes, expected) => {
  expect(changedConfigText(text, changes)).toMatch(expected);
});

test('is the owner’s alone, and what others wrote in it stays', async () => {
  const path = join(home, 'config.yaml');
  await writeFile(path, '# mine\nlogLevel: debug\n', { mode: 0o644 });
  expect(await changeConfigFile(home, { listen: '127.0.0.1:1' })).toBe(path);
  expect(await readFile(path, 'utf8')).toBe('# mine\nlogLevel: debug\nlisten: 127.0.0.1:1\n');
  expect((await stat(path)).mode & 0o777).toBe(0o600);
});

test.each([
  [{ listen: 'nowhere' }, 'listen: "nowhere" is not an address'],
  [{ lisen: 'x' }, 'Unrecognized key: "lisen"'],
  [{ listen: ':8080' }, 'no access rule is set'],
])('%j is refused, and nothing changed', async (changes, why) => {
  const path = join(home, 'config.yaml');
  await writeFile(path, 'logLevel: debug\n');
  await expect(changeConfigFile(home, changes)).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringContaining(why) as string,
  });
  expect(await readFile(path, 'utf8')).toBe('logLevel: debug\n');
});

test('a file that is wrong already is left for a person to mend', async () => {
  await writeFile(join(home, 'config.yaml'), 'a: [\n');
  await expect(changeConfigFile(home, { wake: 'off' })).rejects.toMatchObject({ code: 'bad_config' });
});
