import { readFile } from 'node:fs/promises';
import { app, type WebContents } from 'electron';

/**
 * The bytes that the processes of a page take, its frames' among them. On Linux it is the proportional set size, in which what
 * several processes share is counted once (proc(5), smaps_rollup); elsewhere what Chromium says is theirs.
 */
export async function memoryOf(contents: WebContents): Promise<number> {
  if (contents.isDestroyed()) return 0;
  const pids = new Set(contents.mainFrame.framesInSubtree.map(({ osProcessId }) => osProcessId));
  const parts = await Promise.all([...pids].filter((pid) => pid > 0).map(memoryOfProcess));
  return parts.reduce((sum, bytes) => sum + bytes, 0);
}

async function memoryOfProcess(pid: number): Promise<number> {
  const shared = process.platform === 'linux' ? await sharedOut(pid) : undefined;
  if (shared !== undefined) return shared;
  const found = app.getAppMetrics().find((one) => one.pid === pid)?.memory;
  return (found?.privateBytes ?? found?.workingSetSize ?? 0) * 1_024;
}

async function sharedOut(pid: number): Promise<number | undefined> {
  try {
    const kibibytes = /^Pss:\s+(\d+) kB$/m.exec(await readFile(`/proc/${String(pid)}/smaps_rollup`, 'utf8'))?.[1];
    return kibibytes === undefined ? undefined : Number(kibibytes) * 1_024;
  } catch {
    // It has ended meanwhile, or is not ours to look into, as a sandboxed one is not for an ordinary user.
    return undefined;
  }
}
