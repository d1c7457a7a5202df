import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { tmpdir } from 'node:os';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { GuildNetError } from '#contract/errors.ts';
import { editInFile } from './edit-in-file.ts';
import type { Handed } from './edit-until-taken.ts';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-editor-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

/** Has `a: 1` edited by a shell command that has the file's name in $1; every text that was handed in. */
async function edited(command: string, handIn: (body: string) => Handed = () => ({ kind: 'done' })): Promise<string[]> {
  const editor = join(folder, 'an editor');
  await writeFile(editor, `#!/bin/sh\n${command}\n`, { mode: 0o755 });
  const handedIn: string[] = [];
  await editInFile({
    what: 'thing',
    name: 'thing',
    body: 'a: 1\n',
    notes: ['A thing.'],
    // With an argument, as EDITOR may have: the file comes behind it.
    env: { PATH: process.env['PATH'], EDITOR: `sh '${editor}'` },
    handIn(body) {
      handedIn.push(body);
      return Promise.resolve(handIn(body));
    },
  });
  return handedIn;
}

/** The error that it ends with, and the file that it says is kept, which is removed. */
async function failed(editing: Promise<unknown>): Promise<{ error: GuildNetError; kept: string; mode: number }> {
  const error: unknown = await editing.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (!(error instanceof GuildNetError)) throw new Error('no GuildNetError was thrown', { cause: error });
  const [, path = ''] = /What you wrote is kept in (\S+\/thing\.yaml)\.$/.exec(error.remedy ?? '') ?? [];
  const kept = await readFile(path, 'utf8');
  const { mode } = await stat(path);
  await rm(dirname(path), { recursive: true });
  return { error, kept, mode: mode & 0o777 };
}

test('what is saved is handed in, without the notes', async () => {
  expect(await edited('sed -i s/1/2/ "$1"')).toEqual(['a: 2\n']);
});

test('what is refused comes back with the reason, and is mended', async () => {
  const command = 'if grep -q "^# no 2$" "$1"; then sed -i "s/^a: 2/a: 3/" "$1"; else sed -i "s/^a: 1/a: 2/" "$1"; fi';
  const handedIn = await edited(command, (body) =>
    body.includes('2') ? { kind: 'refused', problem: 'no 2' } : { kind: 'done' },
  );
  expect(handedIn).toEqual(['a: 2\n', 'a: 3\n']);
});

test('what stays as it was refused is given up and kept, for its owner alone', async () => {
  const { error, kept, mode } = await failed(
    edited('sed -i "s/^a: 1/a: 2/" "$1"', () => ({ kind: 'refused', problem: 'no' })),
  );
  expect(error).toMatchObject({ code: 'invalid_spec', message: 'The thing was not changed: no' });
  expect(kept).toContain('a: 2\n');
  expect(mode).toBe(0o600);
});

test('what cannot be mended by another text is thrown at once, and kept', async () => {
  const { error, kept } = await failed(
    edited('sed -i "s/^a: 1/a: 2/" "$1"', () => {
      throw new GuildNetError('cluster_offline', 'It is away.', { remedy: 'Wait.' });
    }),
  );
  expect(error).toMatchObject({ code: 'cluster_offline', message: 'It is away.' });
  expect(error.remedy).toMatch(/^Wait\. What you wrote/);
  expect(kept).toContain('a: 2\n');
});

test('an editor that fails is named', async () => {
  const { error } = await failed(edited('exit 3'));
  expect(error).toMatchObject({ code: 'bad_config', message: expect.stringContaining('exit code 3') as string });
});
