import { serverUrl } from './cluster-plan.ts';
import { readClusterRecord } from './cluster-record.ts';
import { componentNamesOf } from './components/levels.ts';
import type { LocalClusterStatus } from './cluster-interface.ts';
import { makePlan } from './make-plan.ts';
import type { StatePaths } from './paths.ts';
import { isRunning, processRecords } from './process/process-record.ts';

/** What runs of a cluster, read from its files and the kernel; nothing is asked over the network, and no root is needed. */
export async function clusterStatus(name: string, paths: StatePaths): Promise<LocalClusterStatus> {
  const record = await readClusterRecord(paths.record);
  if (record === undefined) return { name, phase: 'absent', components: [] };
  const records = processRecords(paths.processes);
  const components = await Promise.all(
    componentNamesOf(record.level).map(async (component) => {
      const process = await records.read(component);
      const running = await isRunning(process);
      return { name: component, running, ...(running && process !== undefined ? { pid: process.pid } : {}) };
    }),
  );
  const { address, ports } = makePlan(record, paths, { kubernetes: '' });
  return {
    name,
    phase: phaseOf(components),
    level: record.level,
    server: serverUrl({ address, ports }),
    kubeconfigPath: paths.adminKubeconfig,
    components,
  };
}

/** The phase of a cluster that was up once. */
export function phaseOf(components: readonly { running: boolean }[]): 'stopped' | 'running' | 'degraded' {
  if (components.every(({ running }) => !running)) return 'stopped';
  return components.every(({ running }) => running) ? 'running' : 'degraded';
}
