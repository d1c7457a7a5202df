import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { hostname } from 'node:os';
import type { Log } from '../observability/log.ts';
import type { OperatorKube } from '../kube/clients.ts';
import { fromKubeError } from '../kube/errors.ts';
import { answersBy } from './answers/answers-by.ts';
import type { ProgramTunnels } from './answers/answers-by.ts';
import type { World } from '../kube/world.ts';
import type { OperatorConfig } from './config.ts';
import { watchWorld } from './controller.ts';
import { defaultTiming } from './leader/election.ts';
import type { LeaseTiming } from './leader/election.ts';
import { createElector } from './leader/elector.ts';
import { guarded } from './leader/guarded.ts';
import type { Leadership } from './leader/leadership.ts';
import { createLeaseApi } from './leader/lease-api.ts';
import { systemLeaseClock } from './leader/lease-clock.ts';
import { createLeaseWatch } from './leader/lease-watch.ts';
import type { Term } from './leader/term.ts';
import type { OperatorObserver } from './observer.ts';
import { createQueue } from './queue.ts';
import type { Queue } from './queue.ts';
import { observedReconcile } from './observed-reconcile.ts';
import { createReporter } from './report.ts';
import { createSettlement } from './settlement.ts';

export interface Operator {
  /** Takes part in the election once the world is synced, and reconciles while it leads. */
  start(): void;
  /** Ends it: nothing is written after this resolves, no timer or listener is left, and another host may lead. */
  stop(): Promise<void>;
  /** Who reconciles, as far as this host knows. */
  readonly leadership: Leadership;
  onLeadership(listener: (leadership: Leadership) => void): () => void;
  readonly stats: OperatorStats;
}

export interface OperatorStats {
  /** Workspaces that wait to be looked at or are. */
  depth: number;
  /** Looks that came to their end since the start, and those that have to be tried again. */
  reconciled: number;
  failed: number;
}

export interface OperatorOptions {
  kube: OperatorKube;
  /** Started and stopped by whoever made it: others look at it, too. */
  world: World;
  config: OperatorConfig;
  log: Log;
  observer?: OperatorObserver | undefined;
  /** The way to the programs. Without it, that a program's port is open has to be enough. */
  tunnels?: ProgramTunnels | undefined;
  /** For tests that cannot wait for a lease to run out. */
  timing?: LeaseTiming;
}

/**
 * Keeps what belongs to every Workspace in the world's namespace, and its status, as they shall be; while this host has the
 * Lease, so that of all hosts on a namespace exactly one does.
 */
export function createOperator(options: OperatorOptions): Operator {
  const { kube, world, config, log, observer, tunnels, timing = defaultTiming } = options;
  const ending = new AbortController();
  const counts = { reconciled: 0, failed: 0 };
  let queue: Queue | undefined;
  let starting: Promise<void> | undefined;

  /** The controllers of one term. */
  const lead = async (term: Term): Promise<void> => {
    const own = guarded(kube, term);
    const now = (): Date => new Date();
    const answers = tunnels === undefined ? undefined : answersBy(tunnels, kube.namespace, (name) => queue?.add(name));
    const reporter = createReporter({ kube: own, world, log, now, answers });
    const context = { kube: own, world, config, now, reporter, settlement: createSettlement(now) };
    const reconciler = observedReconcile(context, counts, { log, observer });
    queue = createQueue({ ...reconciler, observer: observer?.queue });
    const end = watchWorld(world, queue.add);
    queue.start();
    if (!term.signal.aborted) await once(term.signal, 'abort');
    end();
    answers?.stop();
    await queue.stop();
  };
  const elector = createElector({
    api: createLeaseApi(kube.rest, kube.namespace, timing.renewMs / 2),
    watch: createLeaseWatch(kube.rest, kube.namespace, log),
    identity: `${hostname()}_${randomUUID()}`,
    timing,
    clock: systemLeaseClock,
    log,
    lead,
  });
  elector.onLeadership(({ self }) => observer?.leading(self));

  const start = async (): Promise<void> => {
    try {
      await world.synced(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted)
        log.warn({ reason: fromKubeError(error, 'starting the operator').message }, 'the operator does not start');
      return;
    }
    elector.start();
  };
  return {
    start: () => {
      starting ??= start();
    },
    stop: async () => {
      ending.abort();
      await starting;
      await elector.stop();
    },
    get leadership() {
      return elector.leadership;
    },
    onLeadership: elector.onLeadership,
    get stats() {
      return { ...counts, depth: queue?.depth ?? 0 };
    },
  };
}
