import { readFile } from 'node:fs/promises';
import { readFileSync } from 'node:fs';

export interface ProcStat {
  pid: number;
  parent: number;
  /** One letter, proc_pid_stat(5); Z and X are processes that have ended. */
  state: string;
  /** Clock ticks between boot and the process's start: with the boot's id it names a process for good, where a pid is used again. */
  startTicks: number;
  /** It is on its way out. The first process of a PID namespace stays so until all others in it have ended. */
  exiting: boolean;
}

/** PF_EXITING of the kernel's include/linux/sched.h. */
const exitingFlag = 0x4;

/** Reads the text of /proc/<pid>/stat. The command name in it may hold spaces and brackets, so fields count from the last bracket. */
export function parseProcStat(text: string): ProcStat | undefined {
  const end = text.lastIndexOf(')');
  if (end < 0) return undefined;
  const fields = text.slice(end + 2).split(' ');
  const [state, parent, flags, startTicks] = [fields[0], fields[1], fields[6], fields[19]];
  if (state === undefined || parent === undefined || startTicks === undefined) return undefined;
  return {
    pid: Number.parseInt(text, 10),
    parent: Number(parent),
    state,
    startTicks: Number(startTicks),
    exiting: (Number(flags) & exitingFlag) !== 0,
  };
}

/** The kernel's view of a process, or nothing when there is none that runs. */
export async function readProcStat(pid: number): Promise<ProcStat | undefined> {
  try {
    const stat = parseProcStat(await readFile(`/proc/${pid}/stat`, 'utf8'));
    return stat === undefined || stat.state === 'Z' || stat.state === 'X' ? undefined : stat;
  } catch (error) {
    // ESRCH: it ended between open and read.
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'ESRCH') return undefined;
    throw error;
  }
}

let boot: string | undefined;

/** Names this run of the kernel; a record from before a reboot carries another one. */
export function bootId(): string {
  boot ??= readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
  return boot;
}
