import type { ForwardListener } from '../forward.ts';
import { TunnelError } from '../tunnel-error.ts';

/** A connection on a session, by its two streams. */
export interface Connection {
  readonly data: number;
  readonly error: number;
  readonly listener: ForwardListener;
  report: string;
  /** The far end's side of each stream that has ended. How it went is known when both have. */
  readonly ended: Set<'data' | 'error'>;
}

/** So much of a frame waits for the rest of it: what a node reads at a time, so that an answer of one frame is told in one piece. */
const mostHeld = 32 * 1024;
/** For how long one may hold up the others, in milliseconds, before they go elsewhere. */
const patienceMs = 1_000;

/**
 * Connections that stand side by side on one session, where one that is not read stops all of them. Each is for small answers, which are taken whole
 * whenever they come. Of those that turn out to be more than that (`weigh`) there is one at most, and while it is not read the others, which have
 * heard nothing yet, are told soon that they have to ask elsewhere.
 */
export class SharedConnections {
  readonly #byStream = new Map<number, Connection>();
  readonly #held = new Map<Connection, Buffer[]>();
  #weighty: Connection | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** Whether one more may stand beside them. */
  get isOpen(): boolean {
    return this.#weighty === undefined;
  }

  get isEmpty(): boolean {
    return this.#byStream.size === 0;
  }

  all(): Set<Connection> {
    return new Set(this.#byStream.values());
  }

  add(connection: Connection): void {
    this.#byStream.set(connection.data, connection).set(connection.error, connection);
  }

  /** Whose stream it is. */
  of(id: number): Connection | undefined {
    return this.#byStream.get(id);
  }

  has(connection: Connection): boolean {
    return this.#byStream.has(connection.data);
  }

  remove(connection: Connection): void {
    this.#byStream.delete(connection.data);
    this.#byStream.delete(connection.error);
    this.#held.delete(connection);
    if (this.#weighty !== connection) return;
    this.#weighty = undefined;
    this.resumed();
  }

  clear(): void {
    this.#byStream.clear();
    this.#held.clear();
    this.#weighty = undefined;
    this.resumed();
  }

  /** As `Forward.weigh`. */
  weigh(connection: Connection): boolean {
    if (this.#weighty !== undefined && this.#weighty !== connection) return false;
    if (this.has(connection)) this.#weighty = connection;
    return true;
  }

  /** Bytes of one's data stream. False: nothing more may be read for now. */
  data(connection: Connection, bytes: Buffer, left: number): boolean {
    const isWeighty = connection === this.#weighty;
    const held = this.#held.get(connection);
    if (!isWeighty && left > 0 && bytes.length + left <= mostHeld) {
      if (held === undefined) this.#held.set(connection, [bytes]);
      else held.push(bytes);
      return true;
    }
    this.#held.delete(connection);
    if (connection.listener.data(held === undefined ? bytes : Buffer.concat([...held, bytes]))) return true;
    this.#waits();
    return false;
  }

  /** It is read again. */
  resumed(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #waits(): void {
    this.#timer ??= setTimeout(() => this.#disperse(), patienceMs).unref();
  }

  #disperse(): void {
    for (const connection of this.all())
      if (connection !== this.#weighty)
        connection.listener.fail(new TunnelError('lost', 'What came beside it was not read for too long.'));
  }
}
