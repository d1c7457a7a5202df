import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { tokenFileCredential } from './token-file.ts';

async function setting(content: string | undefined, fallback?: string) {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-token-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const path = join(folder, 'token');
  if (content !== undefined) await writeFile(path, content);
  const user = { name: 'u', fields: {}, file: 'kubeconfig', line: 3 };
  return { path, folder, source: tokenFileCredential(user, path, fallback) };
}

test('white space around a token does not count', async () => {
  const { source } = await setting('\uFEFF abc\r\n\n');
  expect(await source.current()).toEqual({ authorization: 'Bearer abc' });
});

test('one that was renewed is used when the old one is refused, and only then is it worth while to ask again', async () => {
  const { source, path } = await setting('old\n');
  const old = await source.current();
  expect(await source.refused(old)).toBe(false);
  await writeFile(path, 'new\n');
  expect(await source.current()).toEqual(old);
  expect(await source.refused(old)).toBe(true);
  expect(await source.current()).toEqual({ authorization: 'Bearer new' });
});

test('the last one serves while the file is gone', async () => {
  const { source, folder } = await setting('old');
  const old = await source.current();
  await rm(join(folder, 'token'));
  expect(await source.refused(old)).toBe(false);
  expect(await source.current()).toEqual(old);
});

test('the kubeconfig’s own serves until there is one', async () => {
  const { source, path } = await setting(undefined, 'own');
  const own = await source.current();
  expect(own).toEqual({ authorization: 'Bearer own' });
  await writeFile(path, 'from file');
  expect(await source.refused(own)).toBe(true);
});

test.each([
  ['missing', undefined, /does not exist/],
  ['empty', '\n', /is empty/],
  ['no token', 's3cret\ns3cret', /more than one line/],
])('a file that is %s is named', async (_what, content, words) => {
  const { source, path } = await setting(content);
  await expect(source.current()).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringMatching(words) as string,
    remedy: expect.any(String) as string,
  });
  await expect(source.current()).rejects.toThrow(path);
  await expect(source.current()).rejects.not.toThrow('s3cret');
});
