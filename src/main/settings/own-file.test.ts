import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createLog } from '#host/observability/log.ts';
import { ownFile, type OwnFile } from './own-file.ts';

const schema = z.object({ a: z.int() });
let folder = '';
let path = '';
let said: string[] = [];
let file: OwnFile<{ a: number }>;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'own-file-'));
  path = join(folder, 'x.json');
  said = [];
  const log = createLog({ level: 'info', destination: { write: (line: string) => void said.push(line) } });
  file = ownFile(path, { schema, longestBytes: 100, what: 'the file', log });
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('reads what it wrote', () => {
  expect(file.write({ a: 1 })).toBe(true);
  expect(file.read()).toEqual({ a: 1 });
  expect(said).toEqual([]);
});

test('says nothing of a file that is not there yet', () => {
  expect(file.read()).toBeUndefined();
  expect(said).toEqual([]);
});

test.each([
  ['no JSON', '{"a":'],
  ['nothing', ''],
  ['zero bytes, as a crash leaves them', '\0'.repeat(20)],
  ['JSON of another kind', '{"a":"x"}'],
  ['null', 'null'],
  ['a list without end', `[${'1,'.repeat(200)}1]`],
])('puts a file aside that holds %s', (_what, text) => {
  writeFileSync(path, text);
  expect(file.read()).toBeUndefined();
  expect(existsSync(path)).toBe(false);
  expect(readFileSync(`${path}.broken`, 'utf8')).toBe(text);
  expect(said).toHaveLength(1);
  expect(file.write({ a: 2 })).toBe(true);
  expect(file.read()).toEqual({ a: 2 });
});

test('puts a folder of that name aside', () => {
  mkdirSync(path);
  expect(file.read()).toBeUndefined();
  expect(file.write({ a: 3 })).toBe(true);
});

test('goes on when the disk refuses', () => {
  rmSync(folder, { recursive: true });
  expect(file.write({ a: 1 })).toBe(false);
  expect(said).toHaveLength(1);
});

test('follows no link to a file that never ends', () => {
  symlinkSync('/dev/zero', path);
  expect(file.read()).toBeUndefined();
  expect(file.write({ a: 4 })).toBe(true);
  expect(file.read()).toEqual({ a: 4 });
});

test('keeps its file to its user', () => {
  file.write({ a: 1 });
  expect(statSync(path).mode & 0o777).toBe(0o600);
});
