/** What is open as long as it may be. */
export interface Held {
  /** Returns what takes it back. */
  add(may: (change: Change) => boolean, end: () => void): () => void;
  /** Ends what may not be any more. */
  look(change: Change): void;
}

/** What is another: what the cluster says of who may do what, or who the peers are and what the tailnet grants them. */
export type Change = 'policy' | 'peers';

export function createHeld(): Held {
  const open = new Set<{ may: (change: Change) => boolean; end: () => void }>();
  return {
    add(may, end) {
      const one = { may, end };
      open.add(one);
      return () => open.delete(one);
    },
    look(change) {
      for (const one of [...open]) {
        if (one.may(change)) continue;
        open.delete(one);
        one.end();
      }
    },
  };
}
