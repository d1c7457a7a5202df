import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { commandFingerprint, launchProcess } from './launch-process.ts';
import { isRunning, processRecords, recordOf } from './process-record.ts';
import { stopProcess } from './stop-process.ts';

describe.runIf(process.platform === 'linux')('a process that outlives us', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'guildnet-process-'));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });
  const launch = (script: string): Promise<number> =>
    launchProcess({ program: '/bin/sh', args: ['-c', script], env: {} }, join(folder, 'log'));

  it('is known by pid and start time until it is stopped', async () => {
    const record = await recordOf(await launch('sleep 60'), 'f');
    if (record === undefined) throw new Error('it does not run');
    const records = processRecords(join(folder, 'records'));
    await records.write('sleeper', record);
    expect(await records.names()).toEqual(['sleeper']);
    expect(await isRunning(await records.read('sleeper'))).toBe(true);
    expect(await isRunning({ ...record, startTicks: record.startTicks + 1 })).toBe(false);
    expect(await isRunning({ ...record, bootId: 'another boot' })).toBe(false);

    await stopProcess({ ...record, startTicks: record.startTicks + 1 }, 0);
    expect(await isRunning(record)).toBe(true);
    await stopProcess(record, 5000);
    expect(await isRunning(record)).toBe(false);
    await records.forget('sleeper');
    expect(await records.read('sleeper')).toBeUndefined();
  });

  it('is killed when it does not heed SIGTERM', async () => {
    const record = await recordOf(await launch('trap "" TERM; while :; do sleep 0.05; done'), 'f');
    if (record === undefined) throw new Error('it does not run');
    await stopProcess(record, 200);
    expect(await isRunning(record)).toBe(false);
  });

  it('is not taken from a file that was cut short', async () => {
    const records = processRecords(folder);
    await writeFile(join(folder, 'broken.json'), '{"pid": 1');
    expect(await records.read('broken')).toBeUndefined();
    expect(await processRecords(join(folder, 'nowhere')).names()).toEqual([]);
  });

  it('says why it could not be started', async () => {
    const command = { program: join(folder, 'missing'), args: [], env: {} };
    await expect(launchProcess(command, join(folder, 'log'))).rejects.toThrow('could not be started');
  });
});

describe('commandFingerprint', () => {
  const command = { program: '/p', args: ['a'], env: { A: '1' } };
  it('follows program, arguments and files, not the environment', () => {
    const own = commandFingerprint(command);
    expect(commandFingerprint({ ...command, env: {} })).toBe(own);
    expect(commandFingerprint({ ...command, args: ['b'] })).not.toBe(own);
    expect(commandFingerprint(command, [{ path: '/f', content: 'x' }])).not.toBe(own);
  });
});
