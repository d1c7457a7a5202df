/** What the owner of a forwarded connection hears of it. */
export interface ForwardListener {
  /** Bytes from the pod. `false`: no more for now; `resume` is called when there is room. */
  data(bytes: Buffer): boolean;
  /** The pod's side has ended in order. */
  end(): void;
  /** It is over, with what the node or the session says. */
  fail(error: Error): void;
  /** What was written has gone out and there is room for more. */
  drained(): void;
}

/** One forwarded connection, as its owner uses it. */
export interface Forward {
  /** False: wait for `drained`. */
  write(chunk: Buffer): boolean;
  /** Sends nothing more. */
  end(): void;
  /**
   * After `end`, when nothing comes: lets what carries it serve others, while what still comes of it is told as before, but waits for
   * nobody any more: what `data` returns does not count. Where that cannot be, nothing changes.
   */
  fade(): void;
  resume(): void;
  /**
   * More may come of it than can be taken at once. False: it stands beside others, one of which is of that kind already, so that either could
   * hold up the other; it has to be let go. Absent: it stands beside none.
   */
  weigh?(): boolean;
  /** Lets go of it; what still comes of it is dropped. */
  release(): void;
}

/** A connection that can be begun: by listening to it, or not at all. */
export interface Prepared {
  /** The end of one direction leaves the other open. */
  readonly halfCloses: boolean;
  /** It stands beside others on what carries it. */
  readonly isShared?: boolean;
  begin(listener: ForwardListener): Forward;
  /** It is not wanted any more. */
  discard(): void;
}
