/** Waits for what may happen between two looks, too. */
export interface Changes {
  /** Resolves when there was a change since the last time it did, when `signal` aborts, or after `atMostMs`. */
  next(signal: AbortSignal, atMostMs?: number): Promise<void>;
  close(): void;
}

/** `listen` calls its listener at every change, and returns what ends that. */
export function createChanges(listen: (listener: () => void) => () => void): Changes {
  let changed = false;
  let wake = (): void => undefined;
  const end = listen(() => {
    changed = true;
    wake();
  });
  return {
    async next(signal, atMostMs) {
      if (!changed && !signal.aborted) {
        await new Promise<void>((resolve) => {
          const timer = atMostMs === undefined ? undefined : setTimeout(() => wake(), atMostMs);
          const onAbort = (): void => wake();
          wake = () => {
            clearTimeout(timer);
            signal.removeEventListener('abort', onAbort);
            resolve();
          };
          signal.addEventListener('abort', onAbort, { once: true });
        });
      }
      changed = false;
    },
    close: end,
  };
}
