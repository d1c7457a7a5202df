import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';
import type { ApiConnections } from '#contract/connections.ts';
import type { TransportStatus } from '#contract/transport.ts';

export interface ConnectionReadings {
  /** Connections to the API server; undefined without a cluster. */
  apiConnections(): ApiConnections | undefined;
  /** The way to the pods. */
  transport(): TransportStatus | undefined;
}

/** Which connections to the API server there are and what they carry, and which way to the workspaces is taken. */
export function addConnectionMetrics(registry: Registry, { apiConnections, transport }: ConnectionReadings): void {
  type Total = ApiConnections['totals'][number];
  const add = (name: string, help: string, read: (total: Total) => number): void => {
    const gauge = new Gauge({
      name,
      help,
      labelNames: ['what', 'protocol'],
      registers: [],
      collect() {
        this.reset();
        for (const total of apiConnections()?.totals ?? [])
          this.set({ what: total.what, protocol: total.protocol }, read(total));
      },
    });
    registry.registerMetric(gauge);
  };
  add(
    'guildnet_api_connections',
    'Connections to the API server that are open, by what they are for.',
    ({ open }) => open,
  );
  // They begin anew with each connection to a cluster, which no counter may.
  add(
    'guildnet_api_connections_opened',
    'Connections to the API server that were opened in this session.',
    ({ opened }) => opened,
  );
  add(
    'guildnet_api_received_bytes',
    'Bytes that came by connections to the API server in this session.',
    (one) => one.bytes_in,
  );
  add(
    'guildnet_api_sent_bytes',
    'Bytes that went by connections to the API server in this session.',
    (one) => one.bytes_out,
  );
  const way = new Gauge({
    name: 'guildnet_transport',
    help: 'Ways to the workspaces: 1 for the one that is taken.',
    labelNames: ['kind'],
    registers: [],
    collect() {
      this.reset();
      const status = transport();
      for (const { kind } of status?.ways ?? []) this.set({ kind }, kind === status?.kind ? 1 : 0);
    },
  });
  registry.registerMetric(way);
}
