import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openRotatingFile } from './rotating-file.ts';

let folder = '';
/** A file where a folder would have to be. */
let blocked = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildnet-log-'));
  blocked = join(folder, 'blocked');
  writeFileSync(blocked, '');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('makes its folder, begins anew when full and keeps the one before', () => {
  const path = join(folder, 'logs', 'a.log');
  const unexpected: string[] = [];
  const log = openRotatingFile(path, 10, (line) => unexpected.push(line));
  for (const line of ['one two\n', 'three\n', 'four\n', 'five six\n', 'seven\n']) log.write(line);
  log.close();
  expect(readFileSync(`${path}.1`, 'utf8')).toBe('four\nfive six\n');
  expect(readFileSync(path, 'utf8')).toBe('seven\n');
  expect(unexpected).toEqual([]);
});

test('goes on with what is there', () => {
  const path = join(folder, 'logs', 'b.log');
  for (const line of ['one\n', 'two\n']) {
    const log = openRotatingFile(path, 100, () => undefined);
    log.write(line);
    log.close();
  }
  expect(readFileSync(path, 'utf8')).toBe('one\ntwo\n');
});

test('comes back when its folder has gone', () => {
  const path = join(folder, 'logs', 'c.log');
  const unexpected: string[] = [];
  const log = openRotatingFile(path, 1, (line) => unexpected.push(line));
  log.write('one\n');
  rmSync(join(folder, 'logs'), { recursive: true });
  log.write('two\n');
  log.close();
  expect(readFileSync(path, 'utf8')).toBe('two\n');
  expect(unexpected).toEqual([]);
});

test.each([
  ['a folder that cannot be made', () => join(blocked, 'logs', 'd.log')],
  ['a folder of its own name', () => folder],
])('hands lines to the fallback for %s, and never throws', (_what, path) => {
  const refused: string[] = [];
  const log = openRotatingFile(path(), 10, (line) => refused.push(line));
  log.write('one\n');
  log.write('two\n');
  log.close();
  expect(refused).toEqual([expect.stringMatching(/one\n$/), expect.stringMatching(/two\n$/)]);
});

test('is tried again on the disk line by line', () => {
  const path = join(blocked, 'logs', 'e.log');
  const refused: string[] = [];
  const log = openRotatingFile(path, 100, (line) => refused.push(line));
  log.write('one\n');
  rmSync(blocked);
  log.write('two\n');
  log.close();
  expect(refused).toHaveLength(1);
  expect(readFileSync(path, 'utf8')).toBe('two\n');
});

test.runIf(process.platform === 'linux')('goes on where the disk is full', () => {
  const refused: string[] = [];
  const log = openRotatingFile('/dev/full', 100, (line) => refused.push(line));
  log.write('one\n');
  log.close();
  expect(refused).toEqual([expect.stringContaining('ENOSPC')]);
});
