/** A sleep that can be cut short, also before it has begun. */
export interface Wake {
  sleep(milliseconds: number): Promise<void>;
  now(): void;
}

export function createWake(after: (milliseconds: number, run: () => void) => () => void): Wake {
  let called = false;
  let end: (() => void) | undefined;
  return {
    sleep: async (milliseconds) => {
      if (!called) {
        await new Promise<void>((resolve) => {
          const cancel = after(milliseconds, resolve);
          end = () => {
            cancel();
            resolve();
          };
        });
      }
      called = false;
      end = undefined;
    },
    now: () => {
      called = true;
      end?.();
    },
  };
}
