import type WebSocket from 'ws';
import { TunnelError } from './tunnel-error.ts';

/** The WebSockets with channels that are open, by their pod, so that they can be ended with it. */
export class OpenChannels {
  readonly #sockets = new Map<string, Set<WebSocket>>();
  #closed = false;

  /** Throws a TunnelError, and ends the WebSocket, when all were ended while it was opened. */
  add(pod: string, socket: WebSocket): void {
    if (this.#closed) {
      socket.terminate();
      throw new TunnelError('lost', 'The connection to the cluster was closed.');
    }
    const own = this.#sockets.get(pod) ?? new Set();
    this.#sockets.set(pod, own.add(socket));
    socket.once('close', () => {
      own.delete(socket);
      if (own.size === 0 && this.#sockets.get(pod) === own) this.#sockets.delete(pod);
    });
  }

  end(pod: string): void {
    for (const socket of this.#sockets.get(pod) ?? []) socket.terminate();
  }

  /** For good. */
  endAll(): void {
    this.#closed = true;
    for (const pod of [...this.#sockets.keys()]) this.end(pod);
  }
}
