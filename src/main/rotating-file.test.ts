import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, expect, test } from 'vitest';
import { openRotatingFile } from './rotating-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'guildnet-log-'));
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

test('hands a line to the fallback when the file cannot be had', () => {
  const path = join(folder, 'logs', 'c.log');
  const refused: string[] = [];
  const log = openRotatingFile(path, 1, (line) => refused.push(line));
  log.write('one\n');
  rmSync(join(folder, 'logs'), { recursive: true });
  log.write('two\n');
  log.close();
  expect(refused).toEqual([expect.stringMatching(/ENOENT[^]*two\n$/)]);
});
