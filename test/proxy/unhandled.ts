/** Sees the errors that nobody handles, which would end the host; it changes nothing about their consequences. */
export interface Unhandled extends Disposable {
  /** Those since it was last asked. */
  take(): unknown[];
}

export function watchUnhandled(): Unhandled {
  let seen: unknown[] = [];
  const see = (error: unknown): void => {
    seen.push(error);
  };
  process.on('uncaughtExceptionMonitor', see);
  return {
    take() {
      const taken = seen;
      seen = [];
      return taken;
    },
    [Symbol.dispose]: () => {
      process.off('uncaughtExceptionMonitor', see);
    },
  };
}
