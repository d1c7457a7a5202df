import { readFile } from 'node:fs/promises';

/**
 * What tells this run of a process from every other that had or will have its number: the boot's id and the clock ticks from boot
 * to the process's start (proc_pid_stat(5), field 22). Undefined where there is no such process, and on systems without /proc.
 */
export async function processMark(pid: number): Promise<string | undefined> {
  try {
    const [boot, stat] = await Promise.all([
      readFile('/proc/sys/kernel/random/boot_id', 'utf8'),
      readFile(`/proc/${String(pid)}/stat`, 'utf8'),
    ]);
    // The command's name may hold spaces and brackets, so fields count from the last bracket; the third one is the first behind it.
    const started = stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
    return started === undefined ? undefined : `${boot.trim()}:${started}`;
  } catch (error) {
    // ESRCH: it ended between open and read.
    if (['ENOENT', 'ESRCH', 'EACCES'].includes((error as NodeJS.ErrnoException).code ?? '')) return undefined;
    throw error;
  }
}

/**
 * Whether the process that had this number and mark still runs. Without a mark, of then or of now, the number alone decides, as
 * it did for those who wrote none.
 */
export async function isSameProcess(pid: number, mark: string | undefined): Promise<boolean> {
  if (!exists(pid)) return false;
  if (mark === undefined) return true;
  const now = await processMark(pid);
  return now === undefined || now === mark;
}

function exists(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it runs, as somebody else.
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
