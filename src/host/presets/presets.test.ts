import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { createPresets } from './presets.ts';
import type { Presets } from './presets.ts';

let home = '';
let changes = 0;
const file = (): string => join(home, 'presets.yaml');
beforeEach(async () => {
  changes = 0;
  home = await mkdtemp(join(tmpdir(), 'guildnet-presets-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

async function opened(): Promise<Presets> {
  const presets = createPresets({
    file: file(),
    base: () => [
      { label: 'code', image: 'code:1' },
      { label: 'notes', image: 'notes:1' },
    ],
    changed: () => (changes += 1),
    log: createLog({ level: 'silent' }),
  });
  await presets.open();
  return presets;
}
const labels = (presets: Presets): string[] => presets.offered().map(({ label, image }) => `${label} ${image}`);

test('what is made, changed, hidden and removed survives', async () => {
  const presets = await opened();
  await presets.create({ label: 'My Box', image: 'box:1', ports: [{ port: 3000, name: 'http' }] });
  await presets.replace('code', { label: 'code', image: 'code:2' });
  await presets.remove('notes');
  expect(labels(presets)).toEqual(['code code:2', 'My Box box:1']);
  expect(labels(await opened())).toEqual(['code code:2', 'My Box box:1']);
  expect((await stat(file())).mode & 0o777).toBe(0o600);

  expect(await presets.reset('notes')).toMatchObject({ source: 'offered', image: 'notes:1' });
  expect(await presets.reset('code')).toMatchObject({ source: 'offered', image: 'code:1' });
  await presets.remove('My Box');
  expect(labels(await opened())).toEqual(['code code:1', 'notes notes:1']);
  // Each of the six was told.
  expect(changes).toBe(6);
  expect(await readFile(file(), 'utf8')).toMatch(/^# .*\n\{\}\n$/);
});

test('nothing changes where it is another one by now', async () => {
  const presets = await opened();
  const { etag } = presets.get('code');
  const changed = await presets.replace('code', { label: 'code', image: 'code:2' }, etag);
  const stale = { code: 'precondition_failed', message: expect.stringContaining('preset') as string };
  await expect(presets.replace('code', { label: 'code', image: 'code:3' }, etag)).rejects.toMatchObject(stale);
  await expect(presets.remove('code', etag)).rejects.toMatchObject(stale);
  await presets.remove('code', changed.etag);
  expect(labels(presets)).toEqual(['notes notes:1']);
});

test.each<[string, (presets: Presets) => unknown, object]>([
  ['an unknown label', (it) => it.remove('cod'), { code: 'not_found', remedy: 'Did you mean "code"?' }],
  ['a label that there is', (it) => it.create({ label: 'code', image: 'x' }), { code: 'conflict' }],
  ['a label that reads like one', (it) => it.create({ label: 'Notes!', image: 'x' }), { code: 'conflict' }],
  ['no image', (it) => it.create({ label: 'x', image: 'not an image' }), { code: 'invalid_spec' }],
  [
    'ports that nobody can have',
    (it) => it.create({ label: 'x', image: 'x', ports: [{ port: 80 }, { port: 80 }] }),
    { code: 'invalid_spec' },
  ],
  ['another label', (it) => it.replace('code', { label: 'other', image: 'x' }), { code: 'invalid_spec' }],
])('%s is refused, and nothing changed', async (_what, act, expected) => {
  const presets = await opened();
  await expect(Promise.resolve(act(presets))).rejects.toMatchObject(expected);
  expect(labels(presets)).toEqual(['code code:1', 'notes notes:1']);
  expect(changes).toBe(0);
  await expect(stat(file())).rejects.toMatchObject({ code: 'ENOENT' });
});

test('many at once are done one after the other, and one that is refused stops no other', async () => {
  const presets = await opened();
  const asked = ['a', 'b', 'a', 'c'].map((label) => presets.create({ label, image: 'x' }));
  const done = await Promise.allSettled(asked);
  expect(done.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(labels(await opened())).toEqual(['code code:1', 'notes notes:1', 'a x', 'b x', 'c x']);
});

test('a file that cannot be read changes nothing, is not written over, and is named', async () => {
  await writeFile(file(), 'code: {imag: x}\n');
  const presets = await opened();
  expect(labels(presets)).toEqual(['code code:1', 'notes notes:1']);
  await expect(presets.remove('code')).rejects.toMatchObject({
    code: 'bad_config',
    message: expect.stringContaining('presets.yaml cannot be used: code') as string,
  });
  expect(await readFile(file(), 'utf8')).toBe('code: {imag: x}\n');
});

test('there are no more than can be kept', async () => {
  const presets = await opened();
  const many = Object.fromEntries(Array.from({ length: 256 }, (_, index) => [`p${String(index)}`, { image: 'x' }]));
  await writeFile(file(), JSON.stringify(many));
  await expect(presets.create({ label: 'one-more', image: 'x' })).rejects.toMatchObject({ code: 'conflict' });
});
