import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { contentHash } from './content-hash.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'guildnet-hash-'));
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src', 'a.ts'), 'one');
  writeFileSync(join(folder, 'other.txt'), 'other');
});
afterEach(() => rmSync(folder, { recursive: true }));

const hash = () => contentHash(folder, ['src']);

it('stays while nothing changes, and what lies outside does not count', () => {
  const before = hash();
  writeFileSync(join(folder, 'other.txt'), 'changed');
  expect(hash()).toBe(before);
});

it('changes with a content, a name and a new file', () => {
  const hashes = [hash()];
  writeFileSync(join(folder, 'src', 'a.ts'), 'two');
  hashes.push(hash());
  rmSync(join(folder, 'src', 'a.ts'));
  writeFileSync(join(folder, 'src', 'b.ts'), 'two');
  hashes.push(hash());
  writeFileSync(join(folder, 'src', 'c.ts'), '');
  hashes.push(hash());
  expect(new Set(hashes).size).toBe(4);
});
