import type { Prepared } from './forward.ts';
import { Line } from './line.ts';

/**
 * How long an unused line is kept. Most servers close idle connections after 5 s (Node, uvicorn) or later, and we learn of it up to a second late;
 * one that says how long it waits is believed where that is shorter.
 */
const idleMs = 4_000;

export interface KeptLinesOptions {
  /** A connection that can be begun. Rejects with a TunnelError. */
  prepare(): Promise<Prepared>;
  idleMs?: number;
}

/** Lines to one port of one pod, for requests that may be sent a second time: the last one used is the next one. */
export class KeptLines {
  readonly #prepare: () => Promise<Prepared>;
  readonly #idleMs: number;
  readonly #all = new Set<Line>();
  readonly #idle: Line[] = [];
  readonly #timers = new Map<Line, NodeJS.Timeout>();
  #closed = false;

  constructor(options: KeptLinesOptions) {
    this.#prepare = () => options.prepare();
    this.#idleMs = options.idleMs ?? idleMs;
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
        clearTimeout(this.#timers.get(gone));
        this.#timers.delete(gone);
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
    const timer = this.#timers.get(line);
    if (timer !== undefined && line.keptMs === undefined) timer.refresh();
    else {
      clearTimeout(timer);
      this.#timers.set(line, setTimeout(() => this.#expire(line), ms).unref());
    }
  }

  /** Ends all, in use or not. */
  destroy(): void {
    this.#closed = true;
    for (const line of this.#all) line.release();
  }

  #expire(line: Line): void {
    // One that is in use is looked at again when it comes back.
    if (this.#idle.includes(line)) line.release();
    else this.#timers.delete(line);
  }
}
