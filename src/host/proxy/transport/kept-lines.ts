import type { Prepared } from './forward.ts';
import { Line } from './line.ts';
import { TunnelError } from './tunnel-error.ts';

/**
 * How long an unused line is kept. Most servers close idle connections after 5 s (Node, uvicorn) or later, and we learn of it up to a second late;
 * one that says how long it waits is believed where that is shorter.
 */
const idleMs = 4_000;
/**
 * How long the last unused one is kept: whoever comes back after a pause need not wait for another to be opened. Its server may have closed it
 * meanwhile, of which we hear as of any other end; in the moment before, a request is sent twice, as all may be that go by these.
 */
const lastIdleMs = 12_000;

export interface KeptLinesOptions {
  /** A connection that can be begun. Rejects with a TunnelError. */
  prepare(): Promise<Prepared>;
  idleMs?: number;
  lastIdleMs?: number;
}

/** When it is looked at whether an unused line goes. `last`: it has been the only one for a while. */
interface Wait {
  timer: NodeJS.Timeout;
  ms: number;
  last: boolean;
}

/** Lines to one port of one pod, for requests that may be sent a second time: the last one used is the next one. */
export class KeptLines {
  readonly #prepare: () => Promise<Prepared>;
  readonly #idleMs: number;
  readonly #lastIdleMs: number;
  readonly #all = new Set<Line>();
  readonly #idle: Line[] = [];
  readonly #waits = new Map<Line, Wait>();
  #closed = false;

  constructor(options: KeptLinesOptions) {
    this.#prepare = () => options.prepare();
    this.#idleMs = options.idleMs ?? idleMs;
    this.#lastIdleMs = Math.max(this.#idleMs, options.lastIdleMs ?? lastIdleMs);
  }

  /** Lines that are open now. */
  get size(): number {
    return this.#all.size;
  }

  /** One that is unused. */
  take(): Line | undefined {
    const line = this.#idle.pop();
    if (line !== undefined) line.reused = true;
    return line;
  }

  /** A new one. Rejects with a TunnelError. */
  async open(): Promise<Line> {
    const prepared = await this.#prepare();
    const line = new Line(prepared, {
      over: (gone) => {
        this.#all.delete(gone);
        const at = this.#idle.indexOf(gone);
        if (at !== -1) this.#idle.splice(at, 1);
        clearTimeout(this.#waits.get(gone)?.timer);
        this.#waits.delete(gone);
      },
    });
    this.#all.add(line);
    if (this.#closed) line.release();
    return line;
  }

  /** Its answer has come whole: it may serve the next request. */
  giveBack(line: Line): void {
    line.use(undefined);
    const ms = Math.min(line.keptMs ?? this.#idleMs, this.#idleMs);
    if (line.isOver || ms <= 0) {
      line.release();
      return;
    }
    this.#idle.push(line);
    const wait = this.#waits.get(line);
    if (wait?.ms === ms && !wait.last) wait.timer.refresh();
    else this.#wait(line, ms, false);
  }

  /** Ends all; whoever waits for an answer on one is told. */
  destroy(): void {
    this.#closed = true;
    for (const line of this.#all) line.cut(new TunnelError('lost', 'The pod is gone, and with it the connection.'));
  }

  #wait(line: Line, ms: number, last: boolean): void {
    clearTimeout(this.#waits.get(line)?.timer);
    this.#waits.set(line, { timer: setTimeout(() => this.#expire(line, last), ms).unref(), ms, last });
  }

  #expire(line: Line, wasLast: boolean): void {
    this.#waits.delete(line);
    // One that is in use is looked at again when it comes back.
    if (!this.#idle.includes(line)) return;
    // Its server has said how long it keeps it, or others are there.
    if (wasLast || line.keptMs !== undefined || this.#idle.length > 1 || this.#lastIdleMs === this.#idleMs)
      line.release();
    else this.#wait(line, this.#lastIdleMs - this.#idleMs, true);
  }
}
