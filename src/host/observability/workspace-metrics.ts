import { Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { phases } from '#contract/workspace.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';

/** From an image that is there (a second or two) to one that has to be pulled over a slow line. */
const launchBuckets = [0.5, 1, 1.5, 2, 3, 5, 10, 20, 30, 60, 120, 300, 600, 1200];

/** How many workspaces there are in each phase, and how long launches take. No label ever names a workspace: they come and go. */
export function createWorkspaceMetrics(
  registry: Registry,
  workspaces: () => readonly ObservedWorkspace[],
): { launched: (seconds: number) => void } {
  const inPhase = new Gauge({
    name: 'guildnet_workspaces',
    help: 'Workspaces of the namespace by phase.',
    labelNames: ['phase'],
    registers: [],
    collect() {
      for (const phase of phases) this.labels(phase).set(0);
      for (const { status } of workspaces()) this.labels(status?.phase ?? 'Pending').inc();
    },
  });
  registry.registerMetric(inPhase);
  const launch = new Histogram({
    name: 'guildnet_workspace_launch_duration_seconds',
    help: 'Time from a workspace’s creation until it was ready for the first time, counted by the host that leads.',
    buckets: launchBuckets,
    registers: [registry],
  });
  return { launched: (seconds) => launch.observe(seconds) };
}
