import type { ClusterStatus } from './cluster-status.ts';

/** Resolves when `hasEnded` holds after a change of the status, after so many milliseconds, or when `signal` aborts. */
export async function attemptEnded(
  status: Pick<ClusterStatus, 'onState'>,
  hasEnded: () => boolean,
  milliseconds: number,
  signal: AbortSignal | undefined,
): Promise<void> {
  const ended = Promise.withResolvers<void>();
  const giveUp = (): void => ended.resolve();
  const stopListening = status.onState(() => {
    if (hasEnded()) ended.resolve();
  });
  const timer = setTimeout(giveUp, milliseconds);
  signal?.addEventListener('abort', giveUp);
  try {
    if (!hasEnded() && signal?.aborted !== true) await ended.promise;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', giveUp);
    stopListening();
  }
}
