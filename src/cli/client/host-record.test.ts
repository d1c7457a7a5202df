import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { readHostRecord } from './host-record.ts';

let home: string;
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guildnet-cli-'));
  await mkdir(join(home, 'state'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const record = {
  url: 'https://localhost:8080',
  caFile: '/ca.pem',
  pid: process.pid,
  startedAt: '2026-11-23T12:00:00Z',
};
const write = (text: string) => writeFile(join(home, 'state', 'host.json'), text);

test('the record of a running host is read', async () => {
  await write(JSON.stringify(record));
  await expect(readHostRecord(home)).resolves.toEqual(record);
});

test('no record: no host is running, and how to start one', async () => {
  await expect(readHostRecord(home)).rejects.toMatchObject({
    code: 'not_ready',
    message: 'No GuildNet host is running here.',
    remedy: expect.stringContaining('guildnet serve'),
  });
});

test.each([
  ['not JSON', 'half a rec'],
  ['another shape', '{"url":"https://localhost:8080"}'],
  ['not https', JSON.stringify({ ...record, url: 'http://localhost:8080' })],
])('a record that is %s', async (_what, text) => {
  await write(text);
  await expect(readHostRecord(home)).rejects.toMatchObject({
    code: 'not_ready',
    message: expect.stringContaining('is not the record of one'),
  });
});

test('a record whose process has ended is stale', async () => {
  // Beyond the largest process id of any Linux, so it cannot be running.
  await write(JSON.stringify({ ...record, pid: 2 ** 22 + 1 }));
  await expect(readHostRecord(home)).rejects.toMatchObject({
    code: 'not_ready',
    message: expect.stringContaining('has ended'),
  });
});

test('a record of a process whose number another program has now is stale', async () => {
  await write(JSON.stringify({ ...record, mark: 'another-boot:1' }));
  await expect(readHostRecord(home)).rejects.toMatchObject({ message: expect.stringContaining('has ended') });
});
