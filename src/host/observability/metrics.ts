import { Registry } from 'prom-client';
import type { RequestObserver } from '../kube/transport.ts';
import type { ObservedWorkspace } from '../kube/workspace-object.ts';
import type { OperatorObserver } from '../operator/observer.ts';
import { addGauge } from './add-gauge.ts';
import type { AssetCacheStatus } from '#contract/asset-cache.ts';
import { addAssetMetrics } from './asset-metrics.ts';
import { addConnectionMetrics } from './connection-metrics.ts';
import type { ConnectionReadings } from './connection-metrics.ts';
import { createOperatorMetrics } from './operator-metrics.ts';
import { addProcessMetrics } from './process-metrics.ts';
import { createRequestMetrics } from './request-metrics.ts';
import { createWorkspaceMetrics } from './workspace-metrics.ts';

/** The host's metrics. What counts something tells it to these; what stands still is looked at when somebody reads them. */
export interface Metrics {
  /** Requests to the API server. */
  readonly requests: RequestObserver;
  readonly operator: OperatorObserver;
  /** A workspace became ready this many seconds after it was made. */
  launched(seconds: number): void;
  readonly contentType: string;
  /** All of them in Prometheus' text format. */
  text(): Promise<string>;
}

export interface MetricsOptions extends ConnectionReadings {
  version: string;
  /** As they are now; none while there is no cluster. */
  workspaces(): readonly ObservedWorkspace[];
  /** Length of the operator's queue now. */
  depth(): number;
  /** Logs that are being read from the cluster now. */
  logReadings(): number;
  /** Ports of workspaces at this machine now, and the connections through them. */
  forwards(): number;
  forwardConnections(): number;
  /** Assets of workspaces that are kept here. */
  assets(): AssetCacheStatus;
}

/** Names are those of controller-runtime and client-go where these have one, so that their dashboards fit. */
export function createMetrics(options: MetricsOptions): Metrics {
  const { version, workspaces, depth, logReadings, forwards, forwardConnections } = options;
  const registry = new Registry();
  addGauge(registry, 'guildnet_build_info', 'Always 1; the version is a label.', () => 1, { version });
  addProcessMetrics(registry);
  addGauge(registry, 'guildnet_log_readings', 'Logs that are being read from the cluster.', logReadings);
  addGauge(registry, 'guildnet_forwards', 'Ports of workspaces at the machine of this host.', forwards);
  addGauge(registry, 'guildnet_forward_connections', 'Connections through forwarded ports.', forwardConnections);
  addConnectionMetrics(registry, options);
  addAssetMetrics(registry, options.assets);
  const requests = createRequestMetrics(registry);
  const operator = createOperatorMetrics(registry, depth);
  const { launched } = createWorkspaceMetrics(registry, workspaces);
  return {
    requests,
    operator,
    launched,
    contentType: registry.contentType,
    text: () => registry.metrics(),
  };
}
