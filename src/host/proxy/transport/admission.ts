/** Ends a request's turn; calling it again does nothing. */
export type Release = () => void;

export interface AdmissionOptions {
  turns?: number;
  patience?: number;
  onOverdue?(): void;
}

/**
 * Lets requests to one pod start in turns, so that a burst reuses a few tunnels instead of opening one for each. A turn
 * ends with its request, or after `patience` milliseconds: what takes longer (streams, long polls) holds nobody back.
 * `onOverdue` is told of each turn that ends so.
 */
export class Admission {
  readonly #turns: number;
  readonly #patience: number;
  readonly #onOverdue: () => void;
  readonly #queue: (() => void)[] = [];
  #taken = 0;

  constructor({ turns = 8, patience = 100, onOverdue = () => undefined }: AdmissionOptions = {}) {
    this.#turns = turns;
    this.#patience = patience;
    this.#onOverdue = onOverdue;
  }

  async enter(): Promise<Release> {
    if (this.#taken >= this.#turns) await new Promise<void>((resolve) => this.#queue.push(resolve));
    else this.#taken += 1;
    let held = true;
    const release = (): void => {
      if (!held) return;
      held = false;
      clearTimeout(timer);
      // The turn passes on as it is, so that nobody can slip in between.
      const next = this.#queue.shift();
      if (next === undefined) this.#taken -= 1;
      else next();
    };
    const overdue = (): void => {
      if (!held) return;
      this.#onOverdue();
      release();
    };
    // What has come meanwhile is read first: where this process itself stood still, no request was slow.
    const timer = setTimeout(() => setImmediate(overdue), this.#patience).unref();
    return release;
  }
}
