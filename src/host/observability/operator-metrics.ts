import { Counter, Gauge, Histogram } from 'prom-client';
import type { Registry } from 'prom-client';
import { addGauge } from './add-gauge.ts';
import { leaseName } from '../operator/leader/lease.ts';
import type { OperatorObserver, ReconcileResult } from '../operator/observer.ts';

/** The one controller and its queue, as the label that controller-runtime puts on them. */
const controller = 'workspace';
const queueBuckets = [0.001, 0.01, 0.1, 0.5, 1, 5, 10, 60, 600];
const reconcileBuckets = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60];
const results = ['success', 'requeue_after', 'error'] as const satisfies ReconcileResult[];

/** The operator's work, named as controller-runtime and client-go name theirs. */
export function createOperatorMetrics(registry: Registry, depth: () => number): OperatorObserver {
  const registers = [registry];
  const queueLabel = { labelNames: ['name'] as const, registers };
  const controllerLabel = { labelNames: ['controller'] as const, registers };

  const depthHelp = 'Workspaces that wait to be reconciled or are being reconciled.';
  addGauge(registry, 'workqueue_depth', depthHelp, depth, { name: controller });
  const counter = (name: string, help: string) => new Counter({ name, help, ...queueLabel }).labels(controller);
  const histogram = (name: string, help: string) =>
    new Histogram({ name, help, buckets: queueBuckets, ...queueLabel }).labels(controller);
  const added = counter('workqueue_adds_total', 'Workspaces put into the queue.');
  const retried = counter(
    'workqueue_retries_total',
    'Workspaces put off, after a failure or because they asked for it.',
  );
  const waited = histogram('workqueue_queue_duration_seconds', 'Time that a workspace waited in the queue.');
  const worked = histogram('workqueue_work_duration_seconds', 'Time that reconciling one workspace took.');

  const total = new Counter({
    name: 'controller_runtime_reconcile_total',
    help: 'Reconciliations by result.',
    labelNames: ['controller', 'result'],
    registers,
  });
  // Rates need a series that begins at 0.
  for (const result of results) total.labels(controller, result).inc(0);
  const errors = new Counter({
    name: 'controller_runtime_reconcile_errors_total',
    help: 'Reconciliations that failed.',
    ...controllerLabel,
  }).labels(controller);
  const time = new Histogram({
    name: 'controller_runtime_reconcile_time_seconds',
    help: 'Duration of one reconciliation.',
    buckets: reconcileBuckets,
    ...controllerLabel,
  }).labels(controller);
  const active = new Gauge({
    name: 'controller_runtime_active_workers',
    help: 'Reconciliations that go on now.',
    ...controllerLabel,
  }).labels(controller);
  for (const one of [added, retried, errors]) one.inc(0);
  active.set(0);
  const master = new Gauge({
    name: 'leader_election_master_status',
    help: '1 while this host leads: while it is the one that reconciles.',
    ...queueLabel,
  }).labels(leaseName);
  master.set(0);

  return {
    queue: {
      added: () => added.inc(),
      retried: () => retried.inc(),
      waited: (seconds) => waited.observe(seconds),
      worked: (seconds) => worked.observe(seconds),
    },
    reconciling: () => {
      const end = time.startTimer();
      active.inc();
      return (result) => {
        end();
        active.dec();
        total.labels(controller, result).inc();
        if (result === 'error') errors.inc();
      };
    },
    leading: (self) => master.set(self ? 1 : 0),
  };
}
