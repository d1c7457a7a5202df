import type { Socket } from 'node:net';
import { defaultLimits } from '../proxy/exchange/limits.ts';
import type { Forward, Prepared } from '../proxy/transport/forward.ts';

/** What is told of the bytes that pass. */
export interface Meter {
  toWorkspace(bytes: Buffer): void;
  fromWorkspace(bytes: Buffer): void;
}

/** A client is read that far while there is no way to the workspace yet; the rest waits in its own socket. */
const heldBytes = 64 * 1024;
/** Of what has gone out unanswered so much is kept, for the case that it reached nobody: at least what was held, and one more piece. */
const keptBytes = 2 * heldBytes;
/** Milliseconds without a byte from the workspace after a client's end. */
const usualLimits = {
  /** Until its tunnel is left to others: a client that has left looks the same as one that waits for an answer. */
  quietMs: 20,
  /** Until it is let go: who has ended and then vanishes is not noticed in any other way. */
  halfOpenMs: defaultLimits.lingerMs,
};
/** What comes after that is kept so far for a client that is slow to take it, in bytes. */
const lateBytes = 1024 * 1024;
/** After the workspace's end has been passed on, so long is waited for the client's own, in milliseconds: a reset would take what it has yet to read. */
const lingerMs = 5_000;

/**
 * A client's connection to a forwarded port, with back-pressure both ways and half-close as far as the tunnel has it. It can be carried
 * by one tunnel after another until something has come back by one of them.
 */
export class ForwardedConnection {
  readonly #client: Socket;
  readonly #meter: Meter;
  #kept: Buffer[] | undefined = [];
  #size = 0;
  #forward: Forward | undefined;
  #settle: ((failure?: Error) => void) | undefined;
  #hasEnded = false;
  #hasAnswer = false;
  #isQuiet = false;
  #isOver = false;
  readonly #limits: typeof usualLimits;
  #halfOpen: NodeJS.Timeout | undefined;
  #quiet: NodeJS.Timeout | undefined;
  readonly #gone = new AbortController();

  /** `client` is a socket that may be half open. Its errors are owned here. */
  constructor(client: Socket, meter: Meter, limits: Partial<typeof usualLimits> = {}) {
    this.#client = client;
    this.#meter = meter;
    this.#limits = { ...usualLimits, ...limits };
    client.on('data', (chunk: Buffer) => this.#take(chunk));
    client.on('drain', () => this.#forward?.resume());
    client.once('end', () => this.#end());
    // How a client goes makes no difference, and `close` follows.
    client.on('error', () => undefined);
    client.once('close', () => {
      clearTimeout(this.#halfOpen);
      clearTimeout(this.#quiet);
      this.#gone.abort();
      this.#settle?.();
    });
  }

  /** Is aborted when the client has left. */
  get gone(): AbortSignal {
    return this.#gone.signal;
  }

  /** The client has ended, and nothing comes for it: it has left, most likely, and the workspace's side has yet to end. */
  get isFading(): boolean {
    return this.#isQuiet;
  }

  /** Nothing has come back yet, and all that the client has sent is still there. */
  get isRepeatable(): boolean {
    return this.#kept !== undefined;
  }

  /**
   * Carries the connection by what was prepared. Resolves when it is over: with undefined when both sides have ended or the client has
   * left, and with what broke otherwise; the client is still there then.
   */
  carry(prepared: Prepared): Promise<Error | undefined> {
    if (this.#gone.signal.aborted) {
      prepared.discard();
      return Promise.resolve(undefined);
    }
    const { promise, resolve } = Promise.withResolvers<Error | undefined>();
    this.#settle = (failure) => {
      this.#settle = undefined;
      const forward = this.#forward;
      this.#forward = undefined;
      forward?.release();
      resolve(failure);
    };
    const forward = prepared.begin({
      data: (bytes) => this.#give(bytes),
      end: () => this.#finish(),
      fail: (failure) => this.#fail(failure),
      drained: () => this.#client.resume(),
    });
    this.#forward = forward;
    let hasRoom = true;
    for (const chunk of this.#kept ?? []) hasRoom = forward.write(chunk);
    if (this.#hasEnded) this.#endForward(forward);
    if (hasRoom) this.#client.resume();
    else this.#client.pause();
    return promise;
  }

  /** Ends it so that the client takes it for a failure (RST), and not for the workspace's last word. */
  reset(): void {
    if (this.#client.destroyed) return;
    // A Unix socket has no reset; what it has not read makes its end one.
    if (this.#client.remoteAddress === undefined) this.#client.destroy();
    else this.#client.resetAndDestroy();
  }

  #take(chunk: Buffer): void {
    if (this.#isOver) return;
    this.#meter.toWorkspace(chunk);
    if (this.#kept !== undefined) {
      this.#size += chunk.length;
      if (this.#size > keptBytes) this.#kept = undefined;
      else this.#kept.push(chunk);
    }
    if (this.#forward === undefined) {
      if (this.#size >= heldBytes) this.#client.pause();
    } else if (!this.#forward.write(chunk)) this.#client.pause();
  }

  #end(): void {
    this.#hasEnded = true;
    // Who has said nothing, and has nothing to say any more before there is a way, has left: a look whether the port is open.
    if (this.#forward === undefined && this.#size === 0) {
      this.#client.destroy();
      return;
    }
    this.#halfOpen = setTimeout(() => this.#client.destroy(), this.#limits.halfOpenMs).unref();
    if (this.#forward !== undefined) this.#endForward(this.#forward);
  }

  #endForward(forward: Forward): void {
    forward.end();
    clearTimeout(this.#quiet);
    this.#quiet = setTimeout(() => {
      // One that cannot take more holds it back by that, and is there.
      if (this.#client.writableNeedDrain) {
        this.#quiet?.refresh();
        return;
      }
      this.#isQuiet = true;
      this.#forward?.fade();
    }, this.#limits.quietMs).unref();
  }

  #give(bytes: Buffer): boolean {
    this.#kept = undefined;
    this.#hasAnswer = true;
    this.#isQuiet = false;
    this.#halfOpen?.refresh();
    this.#quiet?.refresh();
    this.#meter.fromWorkspace(bytes);
    const hasRoom = this.#client.write(bytes);
    if (this.#client.writableLength > lateBytes) this.reset();
    return hasRoom;
  }

  #fail(failure: Error): void {
    // How the workspace's side ends is no matter to who has ended and has had an answer.
    if (this.#hasEnded && this.#hasAnswer) {
      this.reset();
      this.#settle?.();
    } else this.#settle?.(failure);
  }

  #finish(): void {
    this.#isOver = true;
    this.#client.end();
    this.#client.resume();
    const timer = setTimeout(() => this.#client.destroy(), lingerMs).unref();
    this.#client.once('close', () => clearTimeout(timer));
    this.#settle?.();
  }
}
