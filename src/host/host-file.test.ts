import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { findRunningHost, removeHostFile, writeHostFile } from './host-file.ts';

let home = '';
beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'guildnet-host-file-'));
});
afterEach(async () => {
  await rm(home, { recursive: true });
});

const facts = (pid: number) => ({
  url: `https://localhost:${String(pid)}`,
  caFile: '/ca.crt',
  pid,
  startedAt: new Date(0).toISOString(),
});

/** A process that waits, as a host would. */
function aProcess() {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' });
  const ended = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const { pid } = child;
  if (pid === undefined) throw new Error('sleep did not start');
  return {
    pid,
    end: async () => {
      child.kill();
      await ended;
    },
  };
}

test('a host is found until it says that it ends', async () => {
  expect(await writeHostFile(home, facts(process.pid))).toBeUndefined();
  expect(await findRunningHost(home)).toMatchObject({ pid: process.pid });
  // A host in the same process is the same one.
  expect(await writeHostFile(home, facts(process.pid))).toBeUndefined();
  await removeHostFile(home, process.pid);
  expect(await findRunningHost(home)).toBeUndefined();
});

test('a second host is told of the first, which is found again once the second ends', async () => {
  const first = aProcess();
  try {
    await writeHostFile(home, facts(first.pid));
    const before = await writeHostFile(home, facts(process.pid));
    expect(before).toMatchObject({ pid: first.pid });
    expect(await findRunningHost(home)).toMatchObject({ pid: process.pid });
    await removeHostFile(home, process.pid, before);
    expect(await findRunningHost(home)).toEqual(before);
  } finally {
    await first.end();
  }
});

test('a first host that has ended meanwhile is not brought back', async () => {
  const first = aProcess();
  await writeHostFile(home, facts(first.pid));
  const before = await writeHostFile(home, facts(process.pid));
  await first.end();
  await removeHostFile(home, process.pid, before);
  expect(await findRunningHost(home)).toBeUndefined();
});

test('a first host that ends leaves what the second has said', async () => {
  const first = aProcess();
  await writeHostFile(home, facts(first.pid));
  await writeHostFile(home, facts(process.pid));
  await removeHostFile(home, first.pid);
  expect(await findRunningHost(home)).toMatchObject({ pid: process.pid });
  await first.end();
});
