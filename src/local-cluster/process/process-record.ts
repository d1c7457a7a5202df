import { mkdir, readFile, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { writeFileAtomically } from '../write-file.ts';
import { bootId, readProcStat } from './proc-stat.ts';

const processRecordSchema = z.object({
  pid: z.number().int().positive(),
  startTicks: z.number().int().nonnegative(),
  bootId: textOf(longest.token),
  /** Digest of the command line: a component whose arguments would differ now is started anew. */
  fingerprint: textOf(longest.token),
});
export type ProcessRecord = z.infer<typeof processRecordSchema>;

/** Describes a process that runs right now, so that it can be told from a later one with the same pid. */
export async function recordOf(pid: number, fingerprint: string): Promise<ProcessRecord | undefined> {
  const stat = await readProcStat(pid);
  return stat === undefined ? undefined : { pid, startTicks: stat.startTicks, bootId: bootId(), fingerprint };
}

/** Whether exactly the process that was recorded still runs. */
export async function isRunning(record: ProcessRecord | undefined): Promise<boolean> {
  if (record === undefined || record.bootId !== bootId()) return false;
  const stat = await readProcStat(record.pid);
  return stat?.startTicks === record.startTicks;
}

/** Whether the recorded process is still there but was told to end, and can only end. */
export async function isExiting(record: ProcessRecord): Promise<boolean> {
  return (await isRunning(record)) && (await readProcStat(record.pid))?.exiting === true;
}

/** The records of one cluster's processes: a folder with a small file each. */
export function processRecords(folder: string) {
  const fileOf = (name: string): string => join(folder, `${name}.json`);
  return {
    async read(name: string): Promise<ProcessRecord | undefined> {
      try {
        // A file cut short by a crash of the machine is from another boot anyway.
        return processRecordSchema.safeParse(JSON.parse(await readFile(fileOf(name), 'utf8'))).data;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT' || error instanceof SyntaxError) return undefined;
        throw error;
      }
    },
    async write(name: string, record: ProcessRecord): Promise<void> {
      await mkdir(folder, { recursive: true });
      // Readable for all: whether a cluster runs is no secret, and asking for it needs no root.
      await writeFileAtomically(fileOf(name), JSON.stringify(record), 0o644);
    },
    async forget(name: string): Promise<void> {
      await rm(fileOf(name), { force: true });
    },
    async names(): Promise<string[]> {
      try {
        const files = await readdir(folder);
        return files.filter((file) => file.endsWith('.json')).map((file) => file.slice(0, -'.json'.length));
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
        throw error;
      }
    },
  };
}
