import type { Duplex } from 'node:stream';
import type { Forward, ForwardListener } from '../forward.ts';
import { reportedByNode, TunnelError } from '../tunnel-error.ts';
import { dataHead, FrameReader, maxData, ping, rstStream, synStream } from './frames.ts';
import { SharedConnections } from './shared-connections.ts';
import type { Connection } from './shared-connections.ts';

/** How often the far end is asked whether it is there, and for how long it may be silent, in milliseconds. */
const pingEvery = 10_000;
const silence = 25_000;
const maxReport = 4 * 1024;
/** So small pieces are copied behind their head: for less than a second buffer costs. */
const smallData = 8 * 1024;
/**
 * Bytes that may wait in a session before its writer is asked to wait. With a stream's own 64 KiB every piece that a socket hands out was waited
 * for until it had been encrypted and sent, and its sender stopped and started again for each; and nothing could be encrypted in one go.
 */
const mostWaiting = 256 * 1024;
/** Each is a connection that its client has left, most likely, and that the node has yet to end. */
const mostFaded = 64;

export interface SessionListener {
  /** A connection can be opened on it. */
  idle(session: SpdySession): void;
  closed(session: SpdySession): void;
  /** The far end, or the way there, has ended it while a connection was on it. */
  cut?(session: SpdySession): void;
}

/**
 * A SPDY session on a pod's port-forward subresource, with one forwarded connection at a time. The far end has no flow control
 * by stream (spdystream neither sends nor obeys WINDOW_UPDATE), so one that is not read would stall its neighbours: with one
 * at a time the session's own back-pressure is the connection's; one that its client has ended, and of which nothing comes, may fade,
 * and ends beside the next one. What is left after a connection serves the next one at once:
 * opening it costs no round trip, because both SYN_STREAMs and the first data go out together.
 * Connections to one port that carry small answers alone may share it instead: what is read and written at the same time is then one record of TLS,
 * here, at the API server and at the node.
 */
export class SpdySession {
  readonly #socket: Duplex;
  readonly #on: SessionListener;
  readonly #watchdog: NodeJS.Timeout;
  #active: Connection | undefined;
  /** By both of their streams: those that say nothing any more, and hear little or nothing until they end. */
  readonly #faded = new Map<number, Connection>();
  readonly #beside = new SharedConnections();
  #sharedPort: number | undefined;
  #nextId = 1;
  #nextPing = 1;
  #heard = performance.now();
  /** The same by the clock on the wall, which goes on while a laptop sleeps; the other one may not. */
  #heardAt = Date.now();
  #open = true;
  #leaving = false;
  #gathering = false;
  #probe: { id: number; settle: (answered: boolean) => void } | undefined;

  constructor(socket: Duplex, on: SessionListener) {
    this.#socket = socket;
    this.#on = on;
    const reader = new FrameReader({
      data: (id, bytes, left) => this.#data(id, bytes, left),
      end: (id) => this.#end(id),
      reset: (id) => this.#reset(id),
      ping: (id) => this.#pinged(id),
      goAway: () => (this.#leaving = true),
    });
    socket.on('data', (chunk: Buffer) => {
      this.#hears();
      try {
        reader.read(chunk);
      } catch (error) {
        this.#lost(new TunnelError('protocol', error instanceof Error ? error.message : String(error), error));
      }
    });
    socket.on('drain', () => {
      this.#active?.listener.drained();
      for (const { listener } of this.#beside.all()) listener.drained();
    });
    socket.on('error', (error) => this.#lost(new TunnelError('severed', error.message, error)));
    socket.once('end', () => this.#lost());
    socket.once('close', () => this.#lost());
    this.#watchdog = setInterval(() => this.#watch(), pingEvery);
    this.#watchdog.unref();
  }

  /** Whether a connection can be opened on it now. */
  get isFree(): boolean {
    return this.#takesMore && this.#beside.isEmpty;
  }

  /** Whether connections to this port stand side by side on it, and one more may. */
  isSharedBy(port: number): boolean {
    return this.#takesMore && !this.#beside.isEmpty && this.#sharedPort === port && this.#beside.isOpen;
  }

  get #takesMore(): boolean {
    return this.#open && !this.#leaving && this.#active === undefined && this.#nextId < 0x7f_ff_ff_00;
  }

  /** Milliseconds since anything came from the far end, this machine's sleep included. */
  get silentFor(): number {
    return Math.max(performance.now() - this.#heard, Date.now() - this.#heardAt);
  }

  /** Resolves with whether the far end answers within this many milliseconds. */
  async answers(milliseconds: number): Promise<boolean> {
    if (!this.#open) return false;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    const timer = setTimeout(() => resolve(false), milliseconds);
    this.#probe = { id: this.#ping(), settle: resolve };
    const answered = await promise;
    clearTimeout(timer);
    return answered;
  }

  /** It may lead nowhere any more: it has to say something within this many milliseconds, or it is taken for cut. */
  async doubt(milliseconds: number): Promise<void> {
    // While the reader holds it back, nothing can be heard.
    if (!this.#open || this.#socket.isPaused()) return;
    // What had come before is read first, and says nothing of now.
    if ((await this.answers(milliseconds)) || this.silentFor < milliseconds / 2) return;
    this.#lost(new TunnelError('severed', 'The API server has gone silent.'));
  }

  /**
   * Opens a connection to a port of the pod: alone, or beside others of that port. Where the session is not free (any more) for that, it fails at
   * once.
   */
  forward(port: number, listener: ForwardListener, shared = false): Forward {
    if (!this.isFree && !(shared && this.isSharedBy(port))) {
      process.nextTick(() => listener.fail(new TunnelError('lost', 'The connection to the API server was cut.')));
      const nothing = (): void => undefined;
      return { write: () => true, end: nothing, fade: nothing, resume: nothing, release: nothing };
    }
    const begun: Connection = { error: this.#nextId, data: this.#nextId + 2, listener, report: '', ended: new Set() };
    this.#begin(port, begun);
    return shared ? this.#beginShared(port, begun) : this.#beginAlone(begun);
  }

  #begin(port: number, { error, data }: Connection): void {
    const common = [
      ['port', String(port)],
      ['requestid', String(error)],
    ] as const;
    const isFirst = error === 1;
    this.#nextId += 4;
    this.#gather();
    this.#socket.write(synStream(error, [['streamtype', 'error'], ...common], isFirst));
    // Nothing is ever said on it by us.
    this.#socket.write(dataHead(error, 0, true));
    this.#socket.write(synStream(data, [['streamtype', 'data'], ...common], false));
  }

  #beginAlone(active: Connection): Forward {
    this.#active = active;
    const mine = (): boolean => this.#active === active;
    return {
      write: (chunk) => !mine() || this.#write(active.data, chunk),
      end: () => {
        if (mine()) this.#socket.write(dataHead(active.data, 0, true));
      },
      fade: () => {
        if (mine()) this.#fade(active);
      },
      resume: () => {
        if (mine()) this.#socket.resume();
      },
      release: () => {
        if (mine()) this.#release(active);
        else if (this.#faded.has(active.data)) this.#forget(active);
      },
    };
  }

  #beginShared(port: number, one: Connection): Forward {
    const beside = this.#beside;
    this.#sharedPort = port;
    beside.add(one);
    return {
      write: (chunk) => !beside.has(one) || this.#write(one.data, chunk),
      end: () => {
        if (beside.has(one)) this.#socket.write(dataHead(one.data, 0, true));
      },
      fade: () => undefined,
      resume: () => {
        if (beside.has(one)) this.#resumeShared();
      },
      weigh: () => beside.weigh(one),
      release: () => {
        if (beside.has(one)) this.#release(one);
      },
    };
  }

  #resumeShared(): void {
    this.#beside.resumed();
    this.#socket.resume();
  }

  /** It ends by itself. */
  #lost(error: Error = new TunnelError('severed', 'The connection to the API server was cut.')): void {
    if (this.#open && (this.#active !== undefined || !this.#beside.isEmpty)) this.#on.cut?.(this);
    this.close(error);
  }

  /** What is written in this turn goes out together: in one record of TLS, or one message, and with one call of the system. */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#socket.cork();
    const send = (): void => {
      this.#gathering = false;
      this.#socket.uncork();
    };
    // What others have to say who have come at the same time goes along.
    if (this.#beside.isEmpty) process.nextTick(send);
    else setImmediate(send);
  }

  /** Ends the session and the connection on it. Idempotent. */
  close(error: Error = new TunnelError('lost', 'The connection to the API server was cut.')): void {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#watchdog);
    const ended = new Set([...this.#faded.values(), ...this.#beside.all()]);
    if (this.#active !== undefined) ended.add(this.#active);
    this.#active = undefined;
    this.#faded.clear();
    this.#beside.clear();
    this.#socket.destroy();
    this.#probe?.settle(false);
    this.#probe = undefined;
    this.#on.closed(this);
    for (const { listener } of ended) listener.fail(error);
  }

  #write(id: number, chunk: Buffer): boolean {
    this.#gather();
    if (chunk.length <= smallData) this.#socket.write(Buffer.concat([dataHead(id, chunk.length, false), chunk]));
    else {
      for (let at = 0; at < chunk.length; at += maxData) {
        const part = chunk.subarray(at, at + maxData);
        this.#socket.write(dataHead(id, part.length, false));
        this.#socket.write(part);
      }
    }
    // Whoever is asked to wait hears of `drain`, which comes after any write that went past the stream's own measure, which is lower.
    return this.#socket.writableLength <= mostWaiting;
  }

  #release(gone: Connection): void {
    if (this.#active === gone) this.#active = undefined;
    else this.#beside.remove(gone);
    if (!this.#open) return;
    this.#forget(gone);
    if (this.#beside.isOpen) this.#socket.resume();
    if (!this.#beside.isEmpty) return;
    if (this.#leaving) this.close();
    else this.#on.idle(this);
  }

  #fade(active: Connection): void {
    if (this.#leaving || this.#faded.size >= 2 * mostFaded) return;
    this.#faded.set(active.data, active).set(active.error, active);
    this.#active = undefined;
    this.#socket.resume();
    this.#on.idle(this);
  }

  /** The far end may let go of it. */
  #forget(active: Connection): void {
    this.#faded.delete(active.data);
    this.#faded.delete(active.error);
    this.#socket.write(Buffer.concat([rstStream(active.data), rstStream(active.error)]));
  }

  /** Whose stream it is; undefined for one that nobody wants any more. */
  #of(id: number): Connection | undefined {
    const active = this.#active;
    return active?.data === id || active?.error === id ? active : (this.#beside.of(id) ?? this.#faded.get(id));
  }

  #data(id: number, bytes: Buffer, left: number): void {
    const active = this.#of(id);
    if (active?.data === id && this.#beside.has(active)) {
      if (!this.#beside.data(active, bytes, left) && this.#beside.has(active)) this.#socket.pause();
    } else if (active?.data === id) {
      if (!active.listener.data(bytes) && active === this.#active) this.#socket.pause();
    } else if (active?.error === id && active.report.length < maxReport) {
      active.report += bytes.toString('utf8');
    }
  }

  #end(id: number): void {
    const active = this.#of(id);
    if (active === undefined) return;
    active.ended.add(active.data === id ? 'data' : 'error');
    if (active.ended.has('error') && active.report !== '') this.#fail(active);
    else if (active.ended.size === 2) active.listener.end();
  }

  #reset(id: number): void {
    const active = this.#of(id);
    if (active !== undefined && active.ended.size < 2) this.#fail(active);
  }

  #fail(active: Connection): void {
    active.listener.fail(reportOf(active.report));
  }

  #hears(): void {
    this.#heard = performance.now();
    this.#heardAt = Date.now();
  }

  #ping(): number {
    const id = this.#nextPing;
    this.#nextPing = (id + 2) % 0x7f_ff_ff_ff;
    this.#socket.write(ping(id));
    return id;
  }

  #pinged(id: number): void {
    // Ours are odd; the far end's are answered with their own number.
    if (id % 2 === 0) this.#socket.write(ping(id));
    else if (this.#probe?.id === id) {
      this.#probe.settle(true);
      this.#probe = undefined;
    }
  }

  #watch(): void {
    // While the reader holds the session back, nothing can be heard.
    if (this.#socket.isPaused()) {
      this.#hears();
      return;
    }
    // Only while we were awake to hear: what slept for a minute may still be there, and is asked.
    if (performance.now() - this.#heard > silence)
      this.#lost(new TunnelError('severed', 'The API server has gone silent.'));
    else this.#ping();
  }
}

function reportOf(report: string): TunnelError {
  return report === '' ? new TunnelError('lost', 'The node ended the connection.') : reportedByNode(report.trim());
}
