export interface PollOptions<T> {
  load: (signal: AbortSignal) => Promise<T>;
  onValue: (value: T) => void;
  onProblem: (error: unknown) => void;
  /** Between an answer and the next question. */
  pauseMs: number;
  /** Nobody looks: then nothing is asked. */
  isHidden: () => boolean;
}

export interface Polling {
  /** Asks now instead of when the pause is over. */
  now(): void;
  stop(): void;
}

/** Asks the same again and again, one question at a time, for as long as somebody looks. */
export function poll<T>({ load, onValue, onProblem, pauseMs, isHidden }: PollOptions<T>): Polling {
  const ending = new AbortController();
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isAsking = false;
  let again = false;

  async function ask(): Promise<void> {
    clearTimeout(timer);
    if (isAsking) {
      again = true;
      return;
    }
    isAsking = true;
    again = false;
    try {
      if (!isHidden()) {
        const value = await load(ending.signal);
        if (!ending.signal.aborted) onValue(value);
      }
    } catch (error) {
      if (!ending.signal.aborted) onProblem(error);
    } finally {
      isAsking = false;
    }
    if (ending.signal.aborted) return;
    timer = setTimeout(() => void ask(), again ? 0 : pauseMs);
  }

  void ask();
  return {
    now: () => void ask(),
    stop() {
      ending.abort();
      clearTimeout(timer);
    },
  };
}
