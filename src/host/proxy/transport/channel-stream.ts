import { Duplex } from 'node:stream';
import type WebSocket from 'ws';
import type { Tunnel } from './transport.ts';
import { reportedByNode, TunnelError } from './tunnel-error.ts';

/**
 * The channels of a port-forward WebSocket (`v4.channel.k8s.io`): every message begins with its channel's number; data
 * flows both ways on 0, text about failures comes on 1; the first message of each channel is only the port's number
 * (https://github.com/kubernetes/kubelet, pkg/cri/streaming/portforward/websocket.go).
 */
const dataChannel = 0;
const errorChannel = 1;
const portBytes = 2;
/** Messages are held whole in the API server and in the kubelet: keep them small. */
const maxMessage = 128 * 1024;

/** A WebSocket with port-forward channels as a socket-like stream, with back-pressure both ways. */
export class ChannelStream extends Duplex implements Tunnel {
  connecting = true;
  /** As in net.Socket: milliseconds of silence until `timeout` is emitted; 0 is never. */
  timeout = 0;
  #socket: WebSocket | undefined;
  #waiting: (() => void) | undefined;
  #idle: NodeJS.Timeout | undefined;
  readonly #unread = [portBytes, portBytes];
  #report = '';

  /** `connect` yields an unopened WebSocket; it may take its time to find credentials. */
  constructor(connect: () => Promise<WebSocket>) {
    // Without half-open streams the end of one direction ends the other, as the protocol has it.
    super({ allowHalfOpen: false });
    void connect().then(
      (socket) => this.#attach(socket),
      (error: unknown) => this.destroy(error instanceof Error ? error : new Error(String(error))),
    );
  }

  #attach(socket: WebSocket): void {
    this.#socket = socket;
    socket.on('error', (error: Error) => {
      this.destroy(
        error instanceof TunnelError
          ? error
          : new TunnelError(this.connecting ? 'offline' : 'lost', error.message, error),
      );
    });
    if (this.destroyed) {
      socket.terminate();
      return;
    }
    socket.on('open', () => {
      this.connecting = false;
      this.emit('connect');
      this.#waiting?.();
      this.#waiting = undefined;
    });
    socket.on('message', (message: Buffer) => this.#receive(message));
    socket.on('close', (code: number) => this.#closed(code));
  }

  #receive(message: Buffer): void {
    const channel = message[0];
    if (channel !== dataChannel && channel !== errorChannel) return;
    const header = this.#unread[channel] ?? 0;
    const skipped = Math.min(header, message.length - 1);
    this.#unread[channel] = header - skipped;
    const content = message.subarray(1 + skipped);
    if (content.length === 0) return;
    if (channel === errorChannel) {
      this.#report += content.toString();
      return;
    }
    this.#idle?.refresh();
    // After a destroy there may be messages left in the socket's buffer.
    if (!this.destroyed && !this.push(content)) this.#socket?.pause();
  }

  #closed(code: number): void {
    if (this.destroyed) return;
    if (this.#report !== '') this.destroy(reportedByNode(this.#report.trim()));
    // 1006: cut without a goodbye. What was sent may never have arrived, so it is not an orderly end.
    else if (code === 1006) this.destroy(new TunnelError('lost', 'The connection to the API server was cut.'));
    else this.#end();
  }

  /** An end that nobody reads would never be told, and the stream with all that hangs on it would stay. */
  #end(): void {
    if (this.listenerCount('data') === 0 && this.listenerCount('readable') === 0) this.destroy();
    else this.push(null);
  }

  override _read(): void {
    this.#socket?.resume();
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, done: (error?: Error | null) => void): void {
    const send = (): void => {
      this.#idle?.refresh();
      this.#send(chunk, done);
    };
    if (this.connecting) this.#waiting = send;
    else send();
  }

  #send(chunk: Buffer, done: (error?: Error | null) => void): void {
    const socket = this.#socket;
    if (socket === undefined || socket.readyState !== socket.OPEN) {
      done(new TunnelError('lost', 'The tunnel was closed.'));
      return;
    }
    const part = chunk.subarray(0, maxMessage);
    const message = Buffer.allocUnsafe(part.length + 1);
    message[0] = dataChannel;
    part.copy(message, 1);
    socket.send(message, (error) => {
      if (error) done(new TunnelError('lost', error.message, error));
      else if (chunk.length > part.length) this.#send(chunk.subarray(part.length), done);
      else done();
    });
  }

  override _final(done: (error?: Error | null) => void): void {
    const close = (): void => {
      this.#socket?.close(1000);
      done();
    };
    if (this.connecting) this.#waiting = close;
    else close();
  }

  override _destroy(error: Error | null, done: (error?: Error | null) => void): void {
    clearTimeout(this.#idle);
    this.#waiting = undefined;
    this.connecting = false;
    // Not `close`: an abort has to reach the pod at once, not after a handshake.
    this.#socket?.terminate();
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

  // What Node's HTTP client asks of a socket; the WebSocket's own socket is set up where it is opened.
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
