import { assertClusterName } from './cluster-name.ts';
import type { LocalCluster, LocalClusterOptions } from './cluster-interface.ts';
import { clusterLifecycle } from './cluster-lifecycle.ts';

export type {
  Level,
  LocalCluster,
  LocalClusterAccess,
  LocalClusterOptions,
  LocalClusterStatus,
} from './cluster-interface.ts';
export type { ComponentName } from './components/component.ts';
export type { NodeImage } from './image/node-images.ts';

/** A whole Kubernetes on this machine. Nothing happens until a method is called. */
export function createLocalCluster(options: LocalClusterOptions): LocalCluster {
  assertClusterName(options.name);
  return clusterLifecycle(options);
}
