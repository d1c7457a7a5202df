import { createHash } from 'node:crypto';
import { clusterNetwork, type ClusterPlan, type Programs } from './cluster-plan.ts';
import type { ClusterRecord } from './cluster-record.ts';
import { nodeSubnet } from './network-plan.ts';
import type { StatePaths } from './paths.ts';

/** Two people's clusters on one machine may bear one name: what stands on the machine itself carries the state folder's hash too. */
export function machineNameOf(name: string, stateDir: string): string {
  return `${name}-${createHash('sha256').update(stateDir).digest('hex').slice(0, 8)}`;
}

/** Puts together what was chosen (the record), where things are (paths) and what was built (programs). Pure. */
export function makePlan(record: ClusterRecord, paths: StatePaths, programs: Programs): ClusterPlan {
  const machineName = machineNameOf(record.name, paths.root);
  return {
    name: record.name,
    level: record.level,
    nodeName: `guildnet-${record.name}`,
    address: record.subnet === undefined ? '127.0.0.1' : nodeSubnet(record.subnet).node,
    ports: record.ports,
    ...clusterNetwork,
    machineName,
    cgroupRoot: `/guildnet-${machineName}`,
    paths,
    programs,
  };
}
