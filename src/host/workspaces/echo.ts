/** How long a caller's own change may take to come back by the watch before it is answered anyway. */
const longestMs = 3_000;

/** Resolves when the lists show what was just done, so that who acts and then reads sees it. */
export type Echo = (seen: () => boolean) => Promise<void>;

/** `onChange` tells of every change of what is looked at; it returns the function that ends it. */
export function createEcho(onChange: (listener: () => void) => () => void): Echo {
  return async (seen) => {
    if (seen()) return;
    const { promise, resolve } = Promise.withResolvers<void>();
    const end = onChange(() => {
      if (seen()) resolve();
    });
    const timer = setTimeout(resolve, longestMs);
    await promise;
    clearTimeout(timer);
    end();
  };
}
