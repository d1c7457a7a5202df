import { readdir, readFile } from 'node:fs/promises';

/** What a tree of processes holds and has used so far. */
export interface TreeUse {
  processes: number;
  /** Proportional set size, in bytes: what several share is divided among them (proc(5), smaps_rollup). */
  pss: number;
  /** Of the processes that live, in seconds. */
  cpuSeconds: number;
}

/** Linux' USER_HZ, which is 100 on every platform that Node runs on. */
const ticksPerSecond = 100;

/** The parent of a process and the ticks it has used, of `/proc/<pid>/stat` (proc(5)): the name in parentheses may hold anything. Pure. */
export function readStat(text: string): { parent: number; ticks: number } {
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ticks: Number(fields[11]) + Number(fields[12]) };
}

/** The `Pss` of `/proc/<pid>/smaps_rollup`, in bytes; 0 where it says none. Pure. */
export function readPss(text: string): number {
  return Number(/^Pss:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) * 1024;
}

/** Those below `root` and itself, from the parents of all. Pure. */
export function treeOf(root: number, parents: ReadonlyMap<number, number>): number[] {
  const tree = [root];
  for (const one of tree) for (const [pid, parent] of parents) if (parent === one) tree.push(pid);
  return tree;
}

/** Linux only. A process that ends meanwhile is left out. */
export async function treeUse(root: number): Promise<TreeUse> {
  const stats = new Map<number, { parent: number; ticks: number }>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const text = await readIfThere(`/proc/${name}/stat`);
    if (text !== undefined) stats.set(Number(name), readStat(text));
  }
  const pids = treeOf(root, new Map([...stats].map(([pid, { parent }]) => [pid, parent])));
  const use: TreeUse = { processes: pids.length, pss: 0, cpuSeconds: 0 };
  for (const pid of pids) {
    use.pss += readPss((await readIfThere(`/proc/${String(pid)}/smaps_rollup`)) ?? '');
    use.cpuSeconds += (stats.get(pid)?.ticks ?? 0) / ticksPerSecond;
  }
  return use;
}

async function readIfThere(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && ['ENOENT', 'ESRCH', 'EACCES'].includes(String(error.code)))
      return undefined;
    throw error;
  }
}
