import { Duplex } from 'node:stream';
import { asError } from '../../as-error.ts';
import { TunnelError } from '../tunnel-error.ts';
import { clientFrame, opcodes, WebSocketReader } from './web-socket-frames.ts';

/** A close frame's "in order" (RFC 6455, 7.4.1); to Kubernetes it is the end of the stream. */
const inOrder = 1000;
/** How long the far end may take to close after we have, in milliseconds. */
const closingMs = 2_000;

/** A byte stream in a WebSocket's binary messages, with back-pressure both ways. It owns the connection that it is given. */
export class WebSocketStream extends Duplex {
  readonly #socket: Duplex;

  /** `socket`: a connection on which the upgrade has been granted. */
  constructor(socket: Duplex) {
    super({ allowHalfOpen: false });
    this.#socket = socket;
    const reader = new WebSocketReader({
      data: (bytes) => {
        if (!this.push(bytes)) socket.pause();
      },
      ping: (payload) => {
        if (!this.destroyed) socket.write(clientFrame(opcodes.pong, [payload]));
      },
      close: (code) => {
        if (code === inOrder) this.push(null);
        else this.destroy(new TunnelError('lost', `The API server closed the WebSocket (${String(code)}).`));
      },
    });
    socket.on('data', (chunk: Buffer) => {
      if (this.destroyed || this.readableEnded) return;
      try {
        reader.read(chunk);
      } catch (error) {
        this.destroy(new TunnelError('protocol', asError(error).message, error));
      }
    });
    socket.on('error', (error) => this.destroy(error));
    socket.once('end', () => this.push(null));
    socket.once('close', () => this.destroy());
  }

  override _read(): void {
    this.#socket.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    this.#send([chunk], done);
  }

  override _writev(chunks: { chunk: Buffer }[], done: (error?: Error | null) => void): void {
    this.#send(
      chunks.map(({ chunk }) => chunk),
      done,
    );
  }

  #send(parts: readonly Buffer[], done: (error?: Error | null) => void): void {
    this.#socket.write(clientFrame(opcodes.binary, parts), done);
  }

  override _final(done: (error?: Error | null) => void): void {
    const code = Buffer.alloc(2);
    code.writeUInt16BE(inOrder);
    this.#socket.end(clientFrame(opcodes.close, [code]));
    const timer = setTimeout(() => this.#socket.destroy(), closingMs).unref();
    this.#socket.once('close', () => clearTimeout(timer));
    done();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    this.#socket.destroy();
    done(error);
  }
}
