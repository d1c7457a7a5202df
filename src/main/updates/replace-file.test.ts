import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { replaceProgram } from './replace-file.ts';

const content = Buffer.alloc(2_500_000, 'new');
const sum = createHash('sha512').update(content).digest('base64');
let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'replace-'));
  writeFileSync(join(folder, 'app'), 'old');
  writeFileSync(join(folder, 'update'), content);
});
afterEach(() => rmSync(folder, { recursive: true }));

test('a program is replaced, and can be run', () => {
  replaceProgram(join(folder, 'app'), join(folder, 'update'), sum);
  expect(readFileSync(join(folder, 'app')).equals(content)).toBe(true);
  expect(statSync(join(folder, 'app')).mode & 0o777).toBe(0o755);
  expect(existsSync(join(folder, 'app.update'))).toBe(false);
});

test.each([
  ['is not what was announced', () => undefined, 'x'.repeat(88)],
  ['is gone', () => rmSync(join(folder, 'update')), sum],
])('where the update %s, the program stays as it was and nothing is left beside it', (_, prepare, wanted) => {
  prepare();
  expect(() => replaceProgram(join(folder, 'app'), join(folder, 'update'), wanted)).toThrow();
  expect(readFileSync(join(folder, 'app'), 'utf8')).toBe('old');
  expect(existsSync(join(folder, 'app.update'))).toBe(false);
});
