import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { expect, test } from 'vitest';
import { isSameProcess, processMark } from './process-mark.ts';

test('a process is itself, and no other one with its number', async () => {
  const mark = await processMark(process.pid);
  expect(await isSameProcess(process.pid, mark)).toBe(true);
  expect(await processMark(process.pid)).toBe(mark);
  // What those write who cannot tell.
  expect(await isSameProcess(process.pid, undefined)).toBe(true);
});

test('an earlier process with the same number was another one, where that can be told', async () => {
  const mark = await processMark(process.pid);
  const canTell = process.platform === 'linux';
  expect(mark !== undefined).toBe(canTell);
  const [boot, ticks] = (mark ?? ':').split(':');
  expect(await isSameProcess(process.pid, `${String(boot)}:${String(Number(ticks) - 1)}`)).toBe(!canTell);
  expect(await isSameProcess(process.pid, `another-boot:${String(ticks)}`)).toBe(!canTell);
});

test('one that has ended is none', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  const mark = await processMark(child.pid ?? 0);
  await once(child, 'close');
  expect(await isSameProcess(child.pid ?? 0, mark)).toBe(false);
  expect(await processMark(child.pid ?? 0)).toBeUndefined();
});
