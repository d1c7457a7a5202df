import { existsSync } from 'node:fs';
import { readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';
import type { ClusterPlan, NodePrograms } from '../cluster-plan.ts';
import type { Launcher } from '../component-processes.ts';
import { launchProcess } from '../process/launch-process.ts';
import { logTail } from '../process/log-tail.ts';
import { isExiting, isRunning, processRecords, recordOf, type ProcessRecord } from '../process/process-record.ts';
import { readProcStat } from '../process/proc-stat.ts';
import { stopProcess } from '../process/stop-process.ts';
import { findProgram } from '../system-packages.ts';
import { waitUntil } from '../wait-until.ts';
import { joinCgroups, makeCgroups } from './cgroups.ts';

/** Name of the record of the namespaces' first process. */
export const nodeInitName = 'node-init';

/** Folders above the fixed places that components write to; inside the node they are empty and its own. */
const covered = ['/run', '/var/run', '/var/lib', '/var/log'];

/** What the kubelet wants of the whole machine (its kernel tunables). It is shown to it instead of being done. */
const pretended = [
  '/proc/sys/vm/overcommit_memory=1',
  '/proc/sys/vm/panic_on_oom=0',
  '/proc/sys/kernel/panic=10',
  '/proc/sys/kernel/panic_on_oops=1',
  '/proc/sys/kernel/keys/root_maxkeys=1000000',
  '/proc/sys/kernel/keys/root_maxbytes=25000000',
];

/** The arguments of unshare(1) that make a node. Pure. */
export function nodeCommand(
  plan: ClusterPlan,
  programs: NodePrograms,
  keep: readonly string[],
  ready: string,
): string[] {
  return [
    '--mount',
    '--net',
    '--pid',
    '--ipc',
    '--fork',
    '--kill-child',
    '--mount-proc',
    programs.nodeInit,
    ...keep.flatMap((folder) => ['-keep', folder]),
    ...covered.flatMap((folder) => ['-cover', folder]),
    ...pretended.flatMap((setting) => ['-pretend', setting]),
    '-resolv-conf',
    plan.paths.resolvConf,
    '-ready',
    ready,
  ];
}

/** The node: namespaces of its own, kept by their first process. When that ends the kernel ends all that is in them. */
export function nodeNamespaces(plan: ClusterPlan) {
  const records = processRecords(plan.paths.processes);
  const log = join(plan.paths.logs, `${nodeInitName}.log`);

  async function init(): Promise<ProcessRecord | undefined> {
    const record = await records.read(nodeInitName);
    if (record === undefined || !(await isRunning(record))) return undefined;
    if (!(await isExiting(record))) return record;
    // Killed, it outlasts everything in its namespaces (pid_namespaces(7)), and nothing can be started in them any more.
    await waitUntil(async () => !(await isRunning(record)), { what: 'the end of the node', timeoutMs: 10_000 });
    return undefined;
  }

  /** Makes the namespaces unless they are there. `keep` are folders that the node needs to see. True when they are new. */
  async function ensure(programs: NodePrograms, keep: readonly string[]): Promise<boolean> {
    if ((await init()) !== undefined) return false;
    await makeCgroups(plan.cgroupRoot);
    const ready = join(plan.paths.temporary, 'node-ready');
    await rm(ready, { force: true });
    const env = { PATH: '/usr/sbin:/usr/bin:/sbin:/bin' };
    const unshare = await launchProcess(
      { program: program('unshare'), args: nodeCommand(plan, programs, keep, ready), env },
      log,
    );
    const pid = await onlyChild(unshare, log);
    await joinCgroups(plan.cgroupRoot, [unshare, pid]);
    const record = await recordOf(pid, '');
    if (record === undefined) throw await initError(log);
    await records.write(nodeInitName, record);
    await waitUntil(
      async () => {
        if (existsSync(ready)) return true;
        if (!(await isRunning(record))) throw await initError(log);
        return false;
      },
      { what: 'the node’s namespaces', timeoutMs: 10_000, intervalMs: 5 },
    );
    return true;
  }

  /** Starts a program inside the node. The pid is the program's own, not that of nsenter, which waits for it outside. */
  const launch: Launcher = async (command, logFile) => {
    const record = await init();
    if (record === undefined) throw await initError(log);
    const args = [
      '--target',
      String(record.pid),
      '--mount',
      '--net',
      '--pid',
      '--ipc',
      '--',
      command.program,
      ...command.args,
    ];
    const nsenter = await launchProcess({ ...command, program: program('nsenter'), args }, logFile);
    const pid = await onlyChild(nsenter, logFile);
    await joinCgroups(plan.cgroupRoot, [nsenter, pid]).catch((error: unknown) => {
      // It ended at once; its log has the reason, and whoever waits for its health reports it.
      if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
    });
    return pid;
  };

  /** Ends everything inside. */
  async function end(): Promise<void> {
    const record = await init();
    if (record !== undefined) await stopProcess(record, 0);
    await records.forget(nodeInitName);
  }

  return { init, ensure, launch, end };
}

function program(name: string): string {
  return findProgram(name) ?? name;
}

/** The process that `parent` has forked, as soon as it has. */
async function onlyChild(parent: number, log: string): Promise<number> {
  return await waitUntil(
    async () => {
      const child = (await childrenOf(parent))[0];
      if (child !== undefined) return child;
      if ((await readProcStat(parent)) === undefined) throw await initError(log);
      return undefined;
    },
    { what: `process ${parent} to start its program`, timeoutMs: 10_000, intervalMs: 2 },
  );
}

async function childrenOf(parent: number): Promise<number[]> {
  const pids = (await readdir('/proc')).map(Number);
  const stats = await Promise.all(pids.filter(Number.isInteger).map(readProcStat));
  return stats.flatMap((stat) => (stat?.parent === parent ? [stat.pid] : []));
}

async function initError(log: string): Promise<GuildNetError> {
  return new GuildNetError(
    'create_failed',
    `A process of the node ended right after its start:\n${await logTail(log)}`,
    {
      remedy: `Its log is ${log}. Inside a container the node needs a privileged one.`,
    },
  );
}
