import { readdirSync } from 'node:fs';
import { Counter } from 'prom-client';
import type { Registry } from 'prom-client';
import { addGauge } from './add-gauge.ts';

/**
 * The process by Prometheus' standard names. Not prom-client's default metrics: they sample the event loop a hundred times a
 * second and watch every garbage collection, which an idle laptop would pay for.
 */
export function addProcessMetrics(registry: Registry): void {
  const cpu = new Counter({
    name: 'process_cpu_seconds_total',
    help: 'User and system CPU time spent, in seconds.',
    registers: [],
    collect() {
      const { user, system } = process.cpuUsage();
      this.reset();
      this.inc((user + system) / 1e6);
    },
  });
  registry.registerMetric(cpu);
  const started = Math.round(performance.timeOrigin / 1000);
  addGauge(registry, 'process_start_time_seconds', 'Start of the process since the epoch, in seconds.', () => started);
  addGauge(registry, 'process_resident_memory_bytes', 'Resident memory, in bytes.', () => process.memoryUsage.rss());
  addGauge(
    registry,
    'nodejs_heap_size_total_bytes',
    'JavaScript heap, in bytes.',
    () => process.memoryUsage().heapTotal,
  );
  addGauge(
    registry,
    'nodejs_heap_size_used_bytes',
    'JavaScript heap in use, in bytes.',
    () => process.memoryUsage().heapUsed,
  );
  let before = performance.eventLoopUtilization();
  addGauge(
    registry,
    'nodejs_eventloop_utilization',
    'Part of the time since the last look that the event loop was busy, 0 to 1.',
    () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
  );
  // Other systems do not tell.
  if (process.platform === 'linux')
    addGauge(registry, 'process_open_fds', 'Open file descriptors.', () => readdirSync('/proc/self/fd').length - 1);
}
