import { Gauge } from 'prom-client';
import type { Registry } from 'prom-client';

/** Adds a gauge whose value is looked at when the metrics are read. `labels` are fixed. */
export function addGauge(
  registry: Registry,
  name: string,
  help: string,
  read: () => number,
  labels: Record<string, string> = {},
): void {
  const gauge = new Gauge({
    name,
    help,
    labelNames: Object.keys(labels),
    registers: [],
    collect() {
      this.set(labels, read());
    },
  });
  registry.registerMetric(gauge);
}
