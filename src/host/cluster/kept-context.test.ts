import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { createKeptContext } from './kept-context.ts';

async function inFolder() {
  const folder = await mkdtemp(join(tmpdir(), 'guildnet-kept-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const lines: string[] = [];
  const log = createLog({ level: 'warn', destination: { write: (line: string) => lines.push(line) } });
  const path = join(folder, 'state', 'context.json');
  return { folder, path, lines, kept: createKeptContext(path, log) };
}

test('a choice is there for the next host, of the same kubeconfig alone', async () => {
  const { path, kept, lines } = await inFolder();
  expect(await kept.read('/a')).toBeUndefined();
  await Promise.all([kept.keep('/a', { context: 'one' }), kept.keep('/a', { context: 'two', namespace: 'dev' })]);
  expect(await kept.read('/a')).toEqual({ context: 'two', namespace: 'dev' });
  expect(await kept.read('/b')).toBeUndefined();
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  expect(lines).toEqual([]);
});

test.each(['', '{', '[]', '{"context":5,"kubeconfig":"/a"}', '{"context":"one","kubeconfig":"/a","more":1}'])(
  'a file with %j is none, and the log says so',
  async (text) => {
    const { path, kept, lines } = await inFolder();
    await kept.keep('/a', { context: 'one' });
    await writeFile(path, text);
    expect(await kept.read('/a')).toBeUndefined();
    expect(lines).toHaveLength(1);
    expect(await readFile(path, 'utf8')).toBe(text);
  },
);

test('what cannot be kept is said in the log', async () => {
  const { folder, kept, lines } = await inFolder();
  await writeFile(join(folder, 'state'), 'a file where a folder belongs');
  await kept.keep('/a', { context: 'one' });
  expect(lines).toHaveLength(1);
});
