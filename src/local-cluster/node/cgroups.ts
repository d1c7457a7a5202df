import type { Dirent } from 'node:fs';
import { mkdir, readFile, readdir, rmdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readIfPresent } from '../write-file.ts';
import { waitUntil } from '../wait-until.ts';

export interface CgroupHierarchy {
  mountPoint: string;
  version: 1 | 2;
}

/** The cgroup hierarchies of a machine from the text of /proc/self/mountinfo (proc_pid_mountinfo(5)): several in version 1 and hybrid set-ups, one in version 2. */
export function parseCgroupMounts(mountinfo: string): CgroupHierarchy[] {
  const found = mountinfo.split('\n').flatMap((line): CgroupHierarchy[] => {
    const [before = '', after = ''] = line.split(' - ');
    const mountPoint = before.split(' ')[4];
    const type = after.split(' ')[0];
    if (mountPoint === undefined || (type !== 'cgroup' && type !== 'cgroup2')) return [];
    return [{ mountPoint, version: type === 'cgroup2' ? 2 : 1 }];
  });
  return found.filter(({ mountPoint }, index) => found.findIndex((one) => one.mountPoint === mountPoint) === index);
}

async function hierarchies(): Promise<CgroupHierarchy[]> {
  return parseCgroupMounts(await readFile('/proc/self/mountinfo', 'utf8'));
}

/** Components' own cgroup, a sibling of the kubelet's `kubepods`: in version 2 a cgroup holds processes or further cgroups, not both. */
const systemFolder = 'system';

/** Makes a cluster's cgroup in every hierarchy, ready for the kubelet to make the pods' below it. */
export async function makeCgroups(root: string): Promise<void> {
  for (const { mountPoint, version } of await hierarchies()) {
    const own = join(mountPoint, root);
    const system = join(own, systemFolder);
    await mkdir(system, { recursive: true });
    if (version === 2) {
      await enableControllers(mountPoint);
      await enableControllers(own);
    } else {
      await inheritCpuset(mountPoint, own);
      await inheritCpuset(own, system);
    }
  }
}

/** Moves processes into the components' cgroup, out of that of the session they were started from, which may be ended with the session. */
export async function joinCgroups(root: string, pids: readonly number[]): Promise<void> {
  for (const { mountPoint } of await hierarchies()) {
    for (const pid of pids) await writeFile(join(mountPoint, root, systemFolder, 'cgroup.procs'), String(pid));
  }
}

/** Removes a cluster's cgroups. Its processes have been killed; the kernel may need a moment to let go of them. */
export async function removeCgroups(root: string): Promise<void> {
  for (const { mountPoint } of await hierarchies()) {
    const own = join(mountPoint, root);
    await waitUntil(async () => await removeTree(own), {
      what: `the control group ${own} to be empty`,
      timeoutMs: 10_000,
      intervalMs: 20,
      remedy: `See which processes are left in it: find ${own} -name cgroup.procs -exec cat {} +`,
    });
  }
}

/** True when nothing is left. Only folders can be removed in a cgroup file system, innermost first. */
async function removeTree(folder: string): Promise<boolean> {
  try {
    for (const entry of await readdir(folder, { withFileTypes: true })) {
      if (entry.isDirectory() && !(await removeTree(join(folder, entry.name)))) return false;
    }
    await rmdir(folder);
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT') return true;
    if (code === 'EBUSY') return false;
    throw error;
  }
}

async function enableControllers(folder: string): Promise<void> {
  const available = (await readIfPresent(join(folder, 'cgroup.controllers')))?.trim().split(/\s+/) ?? [];
  const control = join(folder, 'cgroup.subtree_control');
  const enabled = new Set((await readIfPresent(control))?.trim().split(/\s+/));
  for (const controller of available) {
    if (controller === '' || enabled.has(controller)) continue;
    await writeFile(control, `+${controller}`);
  }
}

/** A new version 1 cpuset is empty, and a process cannot join it until it names processors and memory. */
async function inheritCpuset(parent: string, child: string): Promise<void> {
  for (const file of ['cpuset.cpus', 'cpuset.mems']) {
    const own = await readIfPresent(join(child, file));
    if (own === undefined || own.trim() !== '') continue;
    await writeFile(join(child, file), await readFile(join(parent, file), 'utf8'));
  }
}

/** All processes in a cgroup and those below it; none when there is no such cgroup. */
export async function processesIn(cgroup: string): Promise<number[]> {
  const pids = new Set<number>();
  for (const { mountPoint } of await hierarchies()) {
    for (const pid of await processesBelow(join(mountPoint, cgroup))) pids.add(pid);
  }
  return [...pids];
}

async function processesBelow(folder: string): Promise<number[]> {
  const own = ((await readIfPresent(join(folder, 'cgroup.procs'))) ?? '').split('\n').filter(Boolean).map(Number);
  let entries: Dirent[];
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return own;
    throw error;
  }
  const below = await Promise.all(
    entries.filter((entry) => entry.isDirectory()).map((entry) => processesBelow(join(folder, entry.name))),
  );
  return [...own, ...below.flat()];
}
