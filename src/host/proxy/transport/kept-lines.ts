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

/** A port that has given so many small answers one after another goes on with that: its lines then stand side by side on one session. */
const sharedAfter = 256;
/** More than any page asks for at a time. */
const mostShared = 64;
/** So many answers later it is looked again whether lines can be shared. */
const lookAgainAfter = 100_000;

export interface KeptLinesOptions {
  /** A connection that can be begun. Rejects with a TunnelError. */
  prepare(): Promise<Prepared>;
  /** One that stands beside others, if that can be had at once. */
  share?(): Prepared | undefined;
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
  readonly #share: () => Prepared | undefined;
  readonly #idleMs: number;
  readonly #lastIdleMs: number;
  readonly #all = new Set<Line>();
  readonly #idle: Line[] = [];
  readonly #waits = new Map<Line, Wait>();
  /** Small answers since the last other one. */
  #plain = 0;
  #shared = 0;
  #closed = false;

  constructor(options: KeptLinesOptions) {
    this.#prepare = () => options.prepare();
    this.#share = () => options.share?.();
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
    return (this.#shares ? this.#beside() : undefined) ?? this.#add(await this.#prepare());
  }

  get #shares(): boolean {
    return this.#plain >= sharedAfter && this.#shared < mostShared;
  }

  #beside(): Line | undefined {
    const prepared = this.#share();
    return prepared === undefined ? undefined : this.#add(prepared);
  }

  #add(prepared: Prepared): Line {
    const line = new Line(prepared, {
      over: (gone) => {
        this.#all.delete(gone);
        if (gone.isShared) this.#shared -= 1;
        const at = this.#idle.indexOf(gone);
        if (at !== -1) this.#idle.splice(at, 1);
        clearTimeout(this.#waits.get(gone)?.timer);
        this.#waits.delete(gone);
      },
    });
    this.#all.add(line);
    if (line.isShared) this.#shared += 1;
    if (this.#closed) line.release();
    return line;
  }

  /**
   * What comes on it is more than a small answer. False: it stands beside another of that kind and has been let go, so that its request has to be sent
   * anew. From now on lines stand alone again.
   */
  weigh(line: Line): boolean {
    this.#plain = 0;
    for (const unused of [...this.#idle]) if (unused.isShared) unused.release();
    if (line.weigh()) return true;
    line.release();
    return false;
  }

  /** Its answer has come whole: it may serve the next request. `isPlain`: it was a small one. */
  giveBack(line: Line, isPlain = false): void {
    line.use(undefined);
    if (isPlain) this.#plain += 1;
    const ms = Math.min(line.keptMs ?? this.#idleMs, this.#idleMs);
    // Beside others it would be in their way, or they in its.
    if (line.isOver || ms <= 0 || (line.isShared && (!isPlain || this.#plain < sharedAfter))) {
      line.release();
      return;
    }
    if (!line.isShared && this.#shares) return this.#move(line);
    this.#keep(line, ms);
  }

  /** In its place there is one that stands beside others. */
  #move(line: Line): void {
    const { keptMs } = line;
    // What carried it is free then, and may be what they share.
    line.release();
    const moved = this.#beside();
    if (moved === undefined) {
      this.#plain = sharedAfter - lookAgainAfter;
      return;
    }
    moved.keptMs = keptMs;
    this.#keep(moved, Math.min(keptMs ?? this.#idleMs, this.#idleMs));
  }

  #keep(line: Line, ms: number): void {
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
