/** What is open as long as it may be. */
export interface Held {
  /** Returns what takes it back. */
  add(may: () => boolean, end: () => void): () => void;
  /** Ends what may not be any more. */
  look(): void;
}

export function createHeld(): Held {
  const open = new Set<{ may: () => boolean; end: () => void }>();
  return {
    add(may, end) {
      const one = { may, end };
      open.add(one);
      return () => open.delete(one);
    },
    look() {
      for (const one of [...open]) {
        if (one.may()) continue;
        open.delete(one);
        one.end();
      }
    },
  };
}
