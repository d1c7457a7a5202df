import { Duplex } from 'node:stream';
import type { Forward, ForwardListener, Prepared } from './forward.ts';
import type { Tunnel } from './transport.ts';
import { TunnelError } from './tunnel-error.ts';

/** So much is copied together at most: a frame of the tunnel is not larger either. */
const joinedBytes = 64 * 1024;

/** The same bytes in fewer pieces. Those that are large already are not copied. */
function joined(chunks: readonly Buffer[]): Buffer[] {
  const parts: Buffer[] = [];
  let group: Buffer[] = [];
  let size = 0;
  const close = (): void => {
    const [only, ...more] = group;
    if (only !== undefined) parts.push(more.length === 0 ? only : Buffer.concat(group, size));
    group = [];
    size = 0;
  };
  for (const chunk of chunks) {
    if (size + chunk.length > joinedBytes) close();
    group.push(chunk);
    size += chunk.length;
  }
  close();
  return parts;
}

/** A forwarded connection as a socket-like stream, with back-pressure both ways. It takes writes while it is still being prepared. */
export class ForwardTunnel extends Duplex implements Tunnel {
  connecting = true;
  /** As in net.Socket: milliseconds of silence until `timeout` is emitted; 0 is never. */
  timeout = 0;
  #forward: Forward | undefined;
  #waiting: (() => void) | undefined;
  #idle: NodeJS.Timeout | undefined;

  constructor() {
    super({ allowHalfOpen: false });
  }

  /** Begins what has been prepared, or discards it when nobody wants it any more. */
  attach(prepared: Prepared): void {
    if (this.destroyed) {
      prepared.discard();
      return;
    }
    this.#forward = prepared.begin(this.#listener());
    this.connecting = false;
    this.#go();
    process.nextTick(() => this.emit('connect'));
  }

  #listener(): ForwardListener {
    return {
      data: (bytes) => {
        this.#idle?.refresh();
        return this.destroyed || this.push(bytes);
      },
      end: () => {
        // An end that nobody reads would never be told, and the stream with all that hangs on it would stay.
        if (this.listenerCount('data') === 0 && this.listenerCount('readable') === 0) this.destroy();
        else this.push(null);
      },
      fail: (error) => this.destroy(error),
      drained: () => this.#go(),
    };
  }

  #go(): void {
    const act = this.#waiting;
    this.#waiting = undefined;
    act?.();
  }

  override _read(): void {
    this.#forward?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send(chunk, done);
  }

  #send(chunk: Buffer, done: (error?: Error | null) => void): void {
    const send = (): void => {
      this.#idle?.refresh();
      if (this.#forward === undefined) done(new TunnelError('lost', 'The tunnel was closed.'));
      else if (this.#forward.write(chunk)) done();
      else this.#waiting = () => done();
    };
    if (this.connecting) this.#waiting = send;
    else send();
  }

  /**
   * What has been written while it was busy, or by pieces (a chunk's head, the chunk, its end), goes on as few frames: each one is a step of its own
   * at the node, and a packet to the program.
   */
  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    const parts = joined(chunks.map(({ chunk }) => chunk));
    const next = (): void => {
      const part = parts.shift();
      if (part === undefined) done();
      else this.#send(part, (error) => (error ? done(error) : next()));
    };
    next();
  }

  override _final(done: (error?: Error | null) => void): void {
    const end = (): void => {
      this.#forward?.end();
      done();
    };
    if (this.connecting) this.#waiting = end;
    else end();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#idle);
    this.#waiting = undefined;
    this.connecting = false;
    this.#forward?.release();
    this.#forward = undefined;
    done(error);
  }

  setTimeout(milliseconds: number, listener?: () => void): this {
    clearTimeout(this.#idle);
    this.timeout = milliseconds;
    this.#idle = milliseconds === 0 ? undefined : setTimeout(() => this.emit('timeout'), milliseconds).unref();
    if (listener === undefined) return this;
    // As in net.Socket: with 0 the listener is taken off. Node's HTTP client relies on it for every request.
    if (milliseconds === 0) this.removeListener('timeout', listener);
    else this.once('timeout', listener);
    return this;
  }

  destroySoon(): void {
    if (this.writable) this.end();
    if (this.writableFinished) this.destroy();
    else this.once('finish', () => this.destroy());
  }

  // What Node's HTTP client asks of a socket; the connection's own socket is set up where it is opened.
  setNoDelay(): this {
    return this;
  }

  setKeepAlive(): this {
    return this;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}
