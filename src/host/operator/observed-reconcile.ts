import { randomUUID } from 'node:crypto';
import type { Log } from '../observability/log.ts';
import { fromKubeError } from '../kube/errors.ts';
import type { OperatorObserver } from './observer.ts';
import type { QueueOptions } from './queue.ts';
import { reconcile } from './reconcile.ts';
import type { ReconcileContext } from './reconcile.ts';

/**
 * `reconcile` as the queue calls it: counted, timed, and with a log whose every line says which workspace (name and uid)
 * and which look at it (`reconcileId`) it is about.
 */
export function observedReconcile(
  context: Omit<ReconcileContext, 'log'>,
  counts: { reconciled: number; failed: number },
  { log, observer }: { log: Log; observer: OperatorObserver | undefined },
): Pick<QueueOptions, 'work' | 'onError'> {
  /** Of looks that go on; a workspace is never looked at twice at a time. */
  const logs = new Map<string, Log>();
  return {
    work: async (workspace, signal) => {
      const uid = context.world.workspaces.get(workspace)?.metadata.uid;
      const own = log.child({ workspace, uid, reconcileId: randomUUID() });
      logs.set(workspace, own);
      const ended = observer?.reconciling();
      const began = performance.now();
      try {
        const again = await reconcile({ ...context, log: own }, workspace, signal);
        logs.delete(workspace);
        counts.reconciled += 1;
        ended?.(again === undefined ? 'success' : 'requeue_after');
        own.debug({ milliseconds: Math.round(performance.now() - began) }, 'reconciled');
        return again;
      } catch (error) {
        ended?.('error');
        throw error;
      }
    },
    onError: (workspace, error, failures, retryInMs) => {
      counts.failed += 1;
      const { code, message } = fromKubeError(error, 'reconciling');
      // A defect of ours has a stack worth keeping; everything else is explained by its message.
      const detail = code === 'internal' ? { err: error } : {};
      (logs.get(workspace) ?? log.child({ workspace })).warn(
        { code, reason: message, failures, retryInMs: Math.round(retryInMs), ...detail },
        'reconcile failed',
      );
      logs.delete(workspace);
    },
  };
}
