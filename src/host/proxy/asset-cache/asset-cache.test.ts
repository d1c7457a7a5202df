import { mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLog } from '../../observability/log.ts';
import { createAssetCache } from './asset-cache.ts';
import type { AssetCache } from './asset-cache.ts';
import { assetFiles } from './asset-files.ts';
import type { AssetFiles } from './asset-files.ts';

const place = { workspace: 'w', image: `sha256:${'0'.repeat(64)}`, port: 80, path: 'x' };
const asked = { method: 'GET', headers: {} };
const headers = { 'cache-control': ['public, max-age=60'], etag: ['"1"'], 'content-type': ['text/javascript'] };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-assets-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const make = (more: { files?: AssetFiles; now?: () => number } = {}): AssetCache =>
  createAssetCache({ folder, log: createLog({ level: 'silent' }), ...more });

async function keep(cache: AssetCache, text: string, length?: number, path = place.path): Promise<void> {
  await cache.find({ ...place, path }, asked);
  const before = cache.status().kept;
  const said = length === undefined ? headers : { ...headers, 'content-length': [String(length)] };
  const keeping = cache.keep({ ...place, path }, asked, { status: 200, headers: said });
  for (const letter of text) keeping?.passes(Buffer.from(letter));
  keeping?.ends();
  await vi.waitFor(async () => {
    expect(await readdir(join(folder, 'underway'))).toEqual([]);
    expect(cache.status().kept >= before).toBe(true);
  });
}
async function textOf(cache: AssetCache, path = place.path): Promise<string | undefined> {
  const found = await cache.find({ ...place, path }, asked);
  return found?.stream === undefined ? undefined : String(await buffer(found.stream));
}

test('what has passed whole is found again, with its headers, and by the next process', async () => {
  const cache = make();
  expect(await textOf(cache)).toBeUndefined();
  await keep(cache, 'hello', 5);
  await vi.waitFor(async () => expect(await textOf(cache)).toBe('hello'));
  const found = await make().find(place, asked);
  expect(found?.entry.headers).toEqual({ ...headers, 'content-length': ['5'] });
  found?.stream?.destroy();
  expect(cache.status()).toMatchObject({ state: 'on', entries: 1, bytes: 5, kept: 1, hits: 1, saved: 5 });
  const unchanged = await cache.find(place, { method: 'GET', headers: { 'if-none-match': '"1"' } });
  expect([unchanged?.age, unchanged?.stream]).toEqual([0, undefined]);
});

test('what broke off is not kept, nor what is shorter or longer than it said', async () => {
  const cache = make();
  await cache.find(place, asked);
  const broken = cache.keep(place, asked, { status: 200, headers });
  broken?.passes(Buffer.from('hel'));
  broken?.breaks();
  broken?.ends();
  await keep(cache, 'hell', 5);
  await keep(cache, 'hello!', 5);
  expect(cache.status()).toMatchObject({ entries: 0, kept: 0 });
  expect(await readdir(join(folder, 'bytes'))).toEqual([]);
});

test('bytes that somebody has changed are not served, and go', async () => {
  await keep(make(), 'hello');
  await vi.waitFor(async () => expect(await readdir(join(folder, 'entries'))).toHaveLength(1));
  const [name = ''] = await readdir(join(folder, 'bytes'));
  for (const other of ['hellO', 'hello!', '']) {
    await writeFile(join(folder, 'bytes', name), other);
    const cache = make();
    expect(await textOf(cache)).toBeUndefined();
    expect(await readdir(join(folder, 'entries'))).toEqual([]);
    await keep(cache, 'hello');
    await vi.waitFor(async () => expect(await readdir(join(folder, 'entries'))).toHaveLength(1));
  }
});

test.each([
  ['half of one', (text: string) => text.slice(0, text.length / 2)],
  ['another version', (text: string) => text.replace('"version":1', '"version":2')],
  ['a way out of its folder', (text: string) => text.replace(/"hash":"[^"]*"/, '"hash":"../../state/token"')],
  ['a field more', (text: string) => text.replace('{', '{"more":1,')],
  ['no JSON', () => '\0\0\0'],
])('an entry that is %s is none', async (_what, spoil) => {
  await keep(make(), 'hello');
  await vi.waitFor(async () => expect(await readdir(join(folder, 'entries'))).toHaveLength(1));
  const [name = ''] = await readdir(join(folder, 'entries'));
  const path = join(folder, 'entries', name);
  await writeFile(path, spoil(await readFile(path, 'utf8')));
  const cache = make();
  expect(await textOf(cache)).toBeUndefined();
  expect([await readdir(join(folder, 'entries')), await readdir(join(folder, 'bytes'))]).toEqual([[], []]);
});

test('a full disk switches keeping off for a while, with a word, and asks programs', async () => {
  let at = 0;
  const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC' });
  const files: AssetFiles = {
    ...assetFiles(folder),
    write: () => ({
      failure: undefined,
      write: () => true,
      finish: () => Promise.reject(full),
      abandon: () => Promise.resolve(),
    }),
  };
  const cache = make({ files, now: () => at });
  await cache.find(place, asked);
  cache.keep(place, asked, { status: 200, headers })?.ends();
  await vi.waitFor(() =>
    expect(cache.status()).toMatchObject({ state: 'resting', why: expect.stringContaining('full') }),
  );
  expect(cache.keep(place, asked, { status: 200, headers })).toBeUndefined();
  expect(await textOf(cache)).toBeUndefined();
  at += 11 * 60_000;
  expect(cache.keep(place, asked, { status: 200, headers })).toBeDefined();
});

test('a folder that cannot be made is a word, and no request fails for it', async () => {
  await writeFile(join(folder, 'file'), '');
  const cache = createAssetCache({ folder: join(folder, 'file', 'x'), log: createLog({ level: 'silent' }) });
  expect(await cache.find(place, asked)).toBeUndefined();
  const keeping = cache.keep(place, asked, { status: 200, headers });
  expect([keeping, cache.status().state, cache.status().entries]).toEqual([undefined, 'resting', 0]);
});

test('sixteen are written at the same time, and the next is not kept', async () => {
  const cache = make();
  await cache.find(place, asked);
  const open = Array.from({ length: 16 }, () => cache.keep(place, asked, { status: 200, headers }));
  expect(cache.keep(place, asked, { status: 200, headers })).toBeUndefined();
  for (const one of open) one?.breaks();
  await vi.waitFor(() => expect(cache.keep(place, asked, { status: 200, headers })).toBeDefined());
});
