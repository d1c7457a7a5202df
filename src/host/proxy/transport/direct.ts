import { Socket } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import type { DirectTarget } from '../target.ts';
import type { Tunnel } from './transport.ts';

const connectMs = 10_000;
const keepAliveDelay = 15_000;
/** Errors that mean that there is no way to the address, as opposed to one that was lost. */
const noWay: ReadonlySet<string> = new Set(['EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'EADDRNOTAVAIL', 'EACCES']);

/** A socket whose errors say what they mean for the target. */
class DirectSocket extends Socket {
  readonly #target: DirectTarget;

  constructor(target: DirectTarget) {
    super();
    this.#target = target;
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    super._destroy(error, (thrown) => callback(thrown instanceof Error ? this.#explain(thrown) : thrown));
  }

  #explain(error: NodeJS.ErrnoException): Error {
    const { host, address, port } = this.#target;
    const options = (remedy: string) => ({ remedy, details: { host, address, port }, cause: error });
    if (error.code === 'ECONNREFUSED') {
      return new GuildNetError(
        'upstream_failed',
        `Nothing listens on port ${String(port)} of ${host}.`,
        options('Start what is to listen there, or ask for another port.'),
      );
    }
    if (noWay.has(error.code ?? '')) {
      return new GuildNetError(
        'upstream_failed',
        `${host} cannot be reached from this machine.`,
        options('Check that it is up, and that no firewall stands between.'),
      );
    }
    return error;
  }
}

export interface DirectTransportOptions {
  /** Why a connection to this address may not be made, in words; undefined when it may. Asked when the connection begins. */
  refuses(target: DirectTarget): string | undefined;
}

/**
 * Connections from this machine to hosts outside the cluster. They go to the address that was checked: the name is not resolved
 * again, so that nobody can answer the second time with another address.
 */
export function directTransport({ refuses }: DirectTransportOptions): { open(target: DirectTarget): Tunnel } {
  return {
    open(target) {
      const { address, host, port } = target;
      const socket = new DirectSocket(target);
      const why = refuses(target);
      if (why !== undefined) {
        socket.destroy(new GuildNetError('forbidden', `${host} is not asked: it is ${why}.`));
        return socket;
      }
      socket.setNoDelay(true);
      socket.setKeepAlive(true, keepAliveDelay);
      socket.connect({ host: address, port });
      const late = Object.assign(new Error('the connection was not made in time'), { code: 'ETIMEDOUT' });
      const timer = setTimeout(() => socket.destroy(late), connectMs);
      socket.once('connect', () => clearTimeout(timer));
      socket.once('close', () => clearTimeout(timer));
      return socket;
    },
  };
}
