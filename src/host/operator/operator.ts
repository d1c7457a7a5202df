import type { Log } from '../observability/log.ts';
import type { Kube } from '../kube/clients.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { World } from '../kube/world.ts';
import type { OperatorConfig } from './config.ts';
import { watchWorld } from './controller.ts';
import { createQueue } from './queue.ts';
import { reconcile } from './reconcile.ts';

export interface Operator {
  /** Begins to reconcile as soon as the world is synced. */
  start(): void;
  /** Ends it: nothing is written after this resolves, and no timer or listener is left. */
  stop(): Promise<void>;
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
  kube: Kube;
  /** Started and stopped by whoever made it: others look at it, too. */
  world: World;
  config: OperatorConfig;
  log: Log;
}

/** Keeps the Deployment, Service and status of every Workspace in the world's namespace as they shall be. */
export function createOperator({ kube, world, config, log }: OperatorOptions): Operator {
  const ending = new AbortController();
  const context = { kube, world, config, log, now: () => new Date() };
  const counts = { reconciled: 0, failed: 0 };
  const queue = createQueue({
    work: async (name, signal) => {
      const again = await reconcile(context, name, signal);
      counts.reconciled += 1;
      return again;
    },
    onError: (workspace, error, failures, retryInMs) => {
      counts.failed += 1;
      const { code, message } = fromKubeError(error, 'reconciling');
      // A defect of ours has a stack worth keeping; everything else is explained by its message.
      const detail = code === 'internal' ? { err: error } : {};
      log.warn(
        { workspace, code, reason: message, failures, retryInMs: Math.round(retryInMs), ...detail },
        'reconcile failed',
      );
    },
  });
  let end: (() => void) | undefined;
  let starting: Promise<void> | undefined;

  const start = async (): Promise<void> => {
    try {
      await world.synced(ending.signal);
    } catch (error) {
      if (!ending.signal.aborted) log.warn({ err: error }, 'the operator does not start: the live view was stopped');
      return;
    }
    end = watchWorld(world, queue.add);
    queue.start();
    log.info({ namespace: kube.namespace }, 'the operator runs');
  };
  return {
    start: () => {
      starting ??= start();
    },
    stop: async () => {
      ending.abort();
      await starting;
      end?.();
      await queue.stop();
    },
    get stats() {
      return { ...counts, depth: queue.depth };
    },
  };
}
