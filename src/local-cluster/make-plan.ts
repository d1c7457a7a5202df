import { clusterNetwork, type ClusterPlan, type Programs } from './cluster-plan.ts';
import type { ClusterRecord } from './cluster-record.ts';
import { nodeSubnet } from './network-plan.ts';
import type { StatePaths } from './paths.ts';

/** Puts together what was chosen (the record), where things are (paths) and what was built (programs). Pure. */
export function makePlan(record: ClusterRecord, paths: StatePaths, programs: Programs): ClusterPlan {
  return {
    name: record.name,
    level: record.level,
    nodeName: `guildnet-${record.name}`,
    address: record.subnet === undefined ? '127.0.0.1' : nodeSubnet(record.subnet).node,
    ports: record.ports,
    ...clusterNetwork,
    cgroupRoot: `/guildnet-${record.name}`,
    paths,
    programs,
  };
}
