import type { Forward, ForwardListener, Prepared } from './forward.ts';

/** Who uses a line for the time of one request. */
export type LineUser = ForwardListener;

/** What a line's owner hears of it. */
export interface LineOwner {
  /** It is over; nothing can be sent on it any more. */
  over(line: Line): void;
}

/**
 * A connection to a port of a pod that serves one request after another. What comes while nobody uses it is no answer to anything: it ends
 * it, as its far end does.
 */
export class Line {
  readonly #forward: Forward;
  readonly #owner: LineOwner;
  #user: LineUser | undefined;
  #over = false;
  /** It has served a request before: its far end may have closed it at this moment. */
  reused = false;
  /** For how long it may be kept unused, in milliseconds, by what its server says of that. */
  keptMs: number | undefined;

  /** It stands beside others on one session. */
  readonly isShared: boolean;

  constructor(prepared: Prepared, owner: LineOwner) {
    this.#owner = owner;
    this.isShared = prepared.isShared === true;
    this.#forward = prepared.begin({
      data: (bytes) => {
        if (this.#user !== undefined) return this.#user.data(bytes);
        this.release();
        return true;
      },
      end: () => {
        const user = this.#user;
        if (user === undefined) this.release();
        else user.end();
      },
      fail: (error) => this.cut(error),
      drained: () => this.#user?.drained(),
    });
  }

  get isOver(): boolean {
    return this.#over;
  }

  /** Whoever uses it hears of all that comes; undefined: nobody does. */
  use(user: LineUser | undefined): void {
    this.#user = user;
  }

  write(chunk: Buffer): boolean {
    return this.#over || this.#forward.write(chunk);
  }

  end(): void {
    if (!this.#over) this.#forward.end();
  }

  fade(): void {
    if (!this.#over) this.#forward.fade();
  }

  resume(): void {
    if (!this.#over) this.#forward.resume();
  }

  /** As `Forward.weigh`. */
  weigh(): boolean {
    return this.#over || this.#forward.weigh?.() !== false;
  }

  /** Ends it, whoever uses it, and tells them why. Idempotent. */
  cut(error: Error): void {
    const user = this.#user;
    this.release();
    user?.fail(error);
  }

  /** Ends it: in the pod, too. Its user hears nothing more. Idempotent. */
  release(): void {
    if (this.#over) return;
    this.#over = true;
    this.#user = undefined;
    this.#forward.release();
    this.#owner.over(this);
  }
}
