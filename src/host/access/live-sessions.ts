/** What is open in the name of a sign-in: streams and WebSockets, which nobody asks about again. */
export interface LiveSessions {
  /** `end` is called when the sign-in ends. Returns what takes it back, for when the stream has ended by itself. */
  join(session: string, end: () => void): () => void;
  end(session: string): void;
}

export function createLiveSessions(): LiveSessions {
  const open = new Map<string, Set<() => void>>();
  return {
    join(session, end) {
      const ends = open.get(session) ?? new Set();
      open.set(session, ends.add(end));
      return () => {
        ends.delete(end);
        if (ends.size === 0 && open.get(session) === ends) open.delete(session);
      };
    },
    end(session) {
      const ends = open.get(session);
      open.delete(session);
      for (const end of ends ?? []) end();
    },
  };
}
