import type { QueueObserver } from './queue.ts';

/** What became of a look at a workspace: done, to be looked at again later, or to be tried again. */
export type ReconcileResult = 'success' | 'requeue_after' | 'error';

/** What the operator tells of its work, for metrics. */
export interface OperatorObserver {
  queue: QueueObserver;
  /** A look began; the returned function is called with its result when it has ended. */
  reconciling(): (result: ReconcileResult) => void;
  /** Whether this host leads, whenever that changes. */
  leading(self: boolean): void;
}
