/** Calls `act` with the latest value at most every `milliseconds`: at once when it is quiet, and never losing the last. */
export interface Throttle<T> {
  (value: T): void;
  /** Forgets what has not been told yet. */
  cancel(): void;
}

export function throttle<T>(act: (value: T) => void, milliseconds: number): Throttle<T> {
  let timer: NodeJS.Timeout | undefined;
  let waiting: { value: T } | undefined;
  const due = (): void => {
    timer = undefined;
    if (waiting === undefined) return;
    const { value } = waiting;
    waiting = undefined;
    timer = setTimeout(due, milliseconds);
    act(value);
  };
  const call = (value: T): void => {
    waiting = { value };
    if (timer === undefined) due();
  };
  return Object.assign(call, {
    cancel: () => {
      clearTimeout(timer);
      timer = undefined;
      waiting = undefined;
    },
  });
}
