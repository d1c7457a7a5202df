import { mkdtemp, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createLog } from '../observability/log.ts';
import { openEndedSessions } from './ended-sessions.ts';

let folder: string;
const lines: string[] = [];
const log = createLog({ level: 'debug', destination: { write: (line) => lines.push(line) } });
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'guildnet-ended-'));
});
afterEach(async () => {
  await rm(folder, { recursive: true });
});

test('what was ended stays ended after a restart, for as long as its cookie would have lived', async () => {
  const path = join(folder, 'ended-sessions.json');
  let now = Date.now();
  const ended = await openEndedSessions(path, log, () => now);
  await Promise.all([ended.add('one'), ended.add('two')]);
  expect([ended.has('one'), ended.has('two'), ended.has('three')]).toEqual([true, true, false]);
  expect((await stat(path)).mode & 0o777).toBe(0o600);
  const again = await openEndedSessions(path, log, () => now);
  expect([again.has('one'), again.has('two'), again.has('three')]).toEqual([true, true, false]);
  now += 31 * 24 * 3600 * 1000;
  expect((await openEndedSessions(path, log, () => now)).has('one')).toBe(false);
});

test('a list that cannot be read is said to be so', async () => {
  const path = join(folder, 'ended-sessions.json');
  await writeFile(path, 'half a li');
  expect((await openEndedSessions(path, log)).has('one')).toBe(false);
  expect(lines.join('')).toContain('could not be read');
});
