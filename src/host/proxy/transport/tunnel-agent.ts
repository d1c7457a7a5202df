import { Agent } from 'node:http';
import type { Duplex } from 'node:stream';
import { connect } from 'node:tls';
import type { Tunnel } from './transport.ts';

/**
 * How long an unused tunnel is kept. Most servers close idle connections after 5 s (Node, uvicorn) or later, and we
 * learn of it up to a second late: a tunnel that is reused in between loses its request.
 */
const idleMilliseconds = 4_000;

export interface TunnelAgentOptions {
  open(): Tunnel;
  scheme: 'http' | 'https';
  /** The name that a TLS server is asked for (SNI): by it servers with several certificates or sites choose. Empty: none. */
  serverName?: string;
  /** Keep tunnels for the next request. */
  keepAlive: boolean;
}

/** An `http.Agent` whose connections are tunnels to one port of one pod. `destroy` ends them all, in use or not. */
export class TunnelAgent extends Agent {
  /** What `http(s).request` compares with the URL's scheme. */
  readonly protocol: string;
  readonly #open: () => Tunnel;
  readonly #serverName: string;
  readonly #tunnels = new Set<Duplex>();

  constructor({ open, scheme, serverName = '', keepAlive }: TunnelAgentOptions) {
    super({ keepAlive, timeout: keepAlive ? idleMilliseconds : 0, scheduling: 'lifo' });
    this.#open = open;
    this.#serverName = serverName;
    this.protocol = `${scheme}:`;
  }

  /** Tunnels that are open now. */
  get size(): number {
    return this.#tunnels.size;
  }

  /** A connection of its own, for the agent's requests or whoever else takes it; with TLS in it where the port speaks that. */
  override createConnection(): Duplex {
    const tunnel = this.#open();
    this.#tunnels.add(tunnel);
    tunnel.once('close', () => this.#tunnels.delete(tunnel));
    if (this.protocol === 'http:') return tunnel;
    // The container's certificate is its own affair: the way to the pod is authenticated by the API server.
    const secured = connect({ socket: tunnel, servername: this.#serverName, rejectUnauthorized: false });
    secured.once('close', () => tunnel.destroy());
    return secured;
  }

  override destroy(): void {
    super.destroy();
    for (const tunnel of this.#tunnels) tunnel.destroy();
  }
}
