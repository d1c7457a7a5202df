import { readFile } from 'node:fs/promises';

/** Clock ticks a second on every Linux that Node runs on (USER_HZ). */
const ticks = 100;

/** User and system time in seconds out of a process's `/proc/<pid>/stat` (proc_pid_stat(5), fields 14 and 15). */
export function cpuSecondsIn(stat: string): number {
  // The name in parentheses may hold spaces and parentheses of its own.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return (Number(fields[11]) + Number(fields[12])) / ticks;
}

/** Processor time that these processes have used so far, in seconds. */
export async function cpuSeconds(pids: readonly number[]): Promise<number> {
  const stats = await Promise.all(pids.map((pid) => readFile(`/proc/${pid}/stat`, 'utf8')));
  return stats.reduce((sum, stat) => sum + cpuSecondsIn(stat), 0);
}
