import type { Duplex } from 'node:stream';
import type { Forward, ForwardListener } from '../forward.ts';
import { reportedByNode, TunnelError } from '../tunnel-error.ts';
import { dataHead, FrameReader, maxData, ping, rstStream, synStream } from './frames.ts';

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

interface Active {
  readonly data: number;
  readonly error: number;
  readonly listener: ForwardListener;
  report: string;
  /** The far end's side of each stream that has ended. How it went is known when both have. */
  readonly ended: Set<'data' | 'error'>;
}

/**
 * A SPDY session on a pod's port-forward subresource, with one forwarded connection at a time. The far end has no flow control
 * by stream (spdystream neither sends nor obeys WINDOW_UPDATE), so one that is not read would stall its neighbours: with one
 * at a time the session's own back-pressure is the connection's; one that its client has ended, and of which nothing comes, may fade,
 * and ends beside the next one. What is left after a connection serves the next one at once:
 * opening it costs no round trip, because both SYN_STREAMs and the first data go out together.
 */
export class SpdySession {
  readonly #socket: Duplex;
  readonly #on: SessionListener;
  readonly #watchdog: NodeJS.Timeout;
  #active: Active | undefined;
  /** By both of their streams: those that say nothing any more, and hear little or nothing until they end. */
  readonly #faded = new Map<number, Active>();
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
      data: (id, bytes) => this.#data(id, bytes),
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
    socket.on('drain', () => this.#active?.listener.drained());
    socket.on('error', (error) => this.#lost(new TunnelError('severed', error.message, error)));
    socket.once('end', () => this.#lost());
    socket.once('close', () => this.#lost());
    this.#watchdog = setInterval(() => this.#watch(), pingEvery);
    this.#watchdog.unref();
  }

  /** Whether a connection can be opened on it now. */
  get isFree(): boolean {
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

  /** Opens a connection to a port of the pod. On a session that is not free (any more) it fails at once. */
  forward(port: number, listener: ForwardListener): Forward {
    if (!this.isFree) {
      process.nextTick(() => listener.fail(new TunnelError('lost', 'The connection to the API server was cut.')));
      const nothing = (): void => undefined;
      return { write: () => true, end: nothing, fade: nothing, resume: nothing, release: nothing };
    }
    const active: Active = { error: this.#nextId, data: this.#nextId + 2, listener, report: '', ended: new Set() };
    const common = [
      ['port', String(port)],
      ['requestid', String(this.#nextId)],
    ] as const;
    const isFirst = this.#nextId === 1;
    this.#nextId += 4;
    this.#active = active;
    this.#gather();
    this.#socket.write(synStream(active.error, [['streamtype', 'error'], ...common], isFirst));
    // Nothing is ever said on it by us.
    this.#socket.write(dataHead(active.error, 0, true));
    this.#socket.write(synStream(active.data, [['streamtype', 'data'], ...common], false));
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

  /** It ends by itself. */
  #lost(error: Error = new TunnelError('severed', 'The connection to the API server was cut.')): void {
    if (this.#open && this.#active !== undefined) this.#on.cut?.(this);
    this.close(error);
  }

  /** What is written in this turn goes out together: in one record of TLS, or one message, and with one call of the system. */
  #gather(): void {
    if (this.#gathering) return;
    this.#gathering = true;
    this.#socket.cork();
    process.nextTick(() => {
      this.#gathering = false;
      this.#socket.uncork();
    });
  }

  /** Ends the session and the connection on it. Idempotent. */
  close(error: Error = new TunnelError('lost', 'The connection to the API server was cut.')): void {
    if (!this.#open) return;
    this.#open = false;
    clearInterval(this.#watchdog);
    const ended = new Set(this.#faded.values());
    if (this.#active !== undefined) ended.add(this.#active);
    this.#active = undefined;
    this.#faded.clear();
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

  #release(active: Active): void {
    this.#active = undefined;
    if (!this.#open) return;
    this.#forget(active);
    this.#socket.resume();
    if (this.#leaving) this.close();
    else this.#on.idle(this);
  }

  #fade(active: Active): void {
    if (this.#leaving || this.#faded.size >= 2 * mostFaded) return;
    this.#faded.set(active.data, active).set(active.error, active);
    this.#active = undefined;
    this.#socket.resume();
    this.#on.idle(this);
  }

  /** The far end may let go of it. */
  #forget(active: Active): void {
    this.#faded.delete(active.data);
    this.#faded.delete(active.error);
    this.#socket.write(Buffer.concat([rstStream(active.data), rstStream(active.error)]));
  }

  /** Whose stream it is; undefined for one that nobody wants any more. */
  #of(id: number): Active | undefined {
    const active = this.#active;
    return active?.data === id || active?.error === id ? active : this.#faded.get(id);
  }

  #data(id: number, bytes: Buffer): void {
    const active = this.#of(id);
    if (active?.data === id) {
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

  #fail(active: Active): void {
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
