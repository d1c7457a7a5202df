import type { Rest } from '#host/kube/rest.ts';
import { createLog } from '#host/observability/log.ts';
import type { OperatorConfig } from '#host/operator/config.ts';
import { watchWorld } from '#host/operator/controller.ts';
import { createQueue } from '#host/operator/queue.ts';
import { reconcile } from '#host/operator/reconcile.ts';
import { createReporter } from '#host/operator/report.ts';
import { createSettlement } from '#host/operator/settlement.ts';
import { createSimulatedWorld } from './simulated-world.ts';
import type { Surroundings } from './simulated-world.ts';

export interface SimulatedOperator {
  /** A clean quit: aborts what is going on. A crash needs no call: its clock is killed. */
  stop(): Promise<void>;
}

const log = createLog({ level: 'silent' });

/**
 * The operator's own queue, controller and reconcile on simulated surroundings. Without a Lease, so that two may act at
 * once: that is what the reconcile core has to bear should the election ever fail.
 */
export function runSimulatedOperator(
  surroundings: Surroundings,
  rest: Rest,
  config: OperatorConfig,
  failed: (workspace: string, error: unknown) => void,
): SimulatedOperator {
  const { process, random } = surroundings;
  const world = createSimulatedWorld(surroundings, log);
  const kube = { namespace: 'sim', rest };
  const now = (): Date => new Date(process.now());
  const reporter = createReporter({ kube, world, log, now });
  const context = { kube, world, config, log, now, reporter, settlement: createSettlement(now) };
  const queue = createQueue({
    work: (name, signal) => reconcile(context, name, signal),
    onError: failed,
    clock: process,
    random: random.next,
  });
  let end: (() => void) | undefined;
  world.start();
  // A process that dies before never gets there.
  void world.synced().then(() => {
    end = watchWorld(world, queue.add);
    queue.start();
  });
  return {
    stop: async () => {
      end?.();
      await world.stop();
      await queue.stop();
    },
  };
}
