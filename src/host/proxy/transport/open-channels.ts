import type WebSocket from 'ws';
import { TunnelError } from './tunnel-error.ts';

/** The WebSockets with channels that are open, by their pod, so that they can be ended with it. */
export class OpenChannels {
  readonly #sockets = new Map<string, Set<WebSocket>>();
  readonly #ended = new WeakSet<WebSocket>();
  #closed = false;

  /** Throws a TunnelError, and ends the WebSocket, when all were ended while it was opened. */
  add(pod: string, socket: WebSocket): void {
    if (this.#closed) {
      socket.terminate();
      throw closedHere();
    }
    const own = this.#sockets.get(pod) ?? new Set();
    this.#sockets.set(pod, own.add(socket));
    socket.once('close', () => {
      own.delete(socket);
      if (own.size === 0 && this.#sockets.get(pod) === own) this.#sockets.delete(pod);
    });
  }

  end(pod: string): void {
    for (const socket of this.#sockets.get(pod) ?? []) {
      this.#ended.add(socket);
      socket.terminate();
    }
  }

  /** Why a WebSocket broke: one that was ended here has not been cut by anybody else, though it looks the same. */
  explain(socket: WebSocket, error: Error): Error {
    return this.#ended.has(socket) ? closedHere() : error;
  }

  /** For good. */
  endAll(): void {
    this.#closed = true;
    for (const pod of [...this.#sockets.keys()]) this.end(pod);
  }
}

function closedHere(): TunnelError {
  return new TunnelError('lost', 'The connection to the cluster was closed.');
}
