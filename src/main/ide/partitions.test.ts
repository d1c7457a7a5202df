import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '#host/observability/log.ts';
import { createPartitionFolders } from './partitions.ts';

const log = createLog({ level: 'silent' });
let userData = '';
const at = (name: string): string => join(userData, 'Partitions', name);
beforeEach(() => {
  userData = mkdtempSync(join(tmpdir(), 'guildnet-partitions-'));
});
afterEach(() => rmSync(userData, { recursive: true, force: true }));

test('sweeps what is marked and nothing else', () => {
  for (const name of ['workspace-a', 'workspace-b', 'workspace-c', 'other']) mkdirSync(at(name), { recursive: true });
  const folders = createPartitionFolders(userData, log);
  folders.mark('a');
  folders.mark('b');
  folders.unmark('b');
  folders.sweep();
  expect(['workspace-a', 'workspace-b', 'workspace-c', 'other'].map((name) => existsSync(at(name)))).toEqual([
    false,
    true,
    true,
    true,
  ]);
});

test('has nothing to do before the first session', () => {
  const folders = createPartitionFolders(userData, log);
  folders.sweep();
  folders.unmark('a');
  expect(folders.exists('a')).toBe(false);
});
