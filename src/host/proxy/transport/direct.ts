import { Socket } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import type { TailnetReach } from '../../tailnet/tailnet.ts';
import { asError } from '../as-error.ts';
import type { DirectTarget } from '../target.ts';
import { forwardByStream } from './forward-by-stream.ts';
import { ForwardTunnel } from './forward-tunnel.ts';
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
  dialTailnet?: TailnetReach['dial'];
}

/**
 * Connections from this machine to hosts outside the cluster. They go to the address that was checked: the name is not resolved
 * again, so that nobody can answer the second time with another address.
 */
export function directTransport({ refuses, dialTailnet }: DirectTransportOptions): {
  open(target: DirectTarget): Tunnel;
} {
  return {
    open(target) {
      const { address, host, port } = target;
      const why = refuses(target);
      if (why === undefined && target.inTailnet === true && dialTailnet !== undefined)
        return byTailnet(target, dialTailnet);
      const socket = new DirectSocket(target);
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

/** To the address that was checked, by the tailnet alone: its addresses may mean something else in this machine's network. */
function byTailnet({ host, address, port }: DirectTarget, dialTailnet: TailnetReach['dial']): Tunnel {
  const tunnel = new ForwardTunnel();
  dialTailnet({ host: address, port }, AbortSignal.timeout(connectMs)).then(
    (stream) => {
      if (stream === undefined)
        tunnel.destroy(
          new GuildNetError('upstream_failed', `${host} is in the tailnet, and nothing leads there now.`, {
            remedy: 'Look at "guildnet tailnet status", and whether that device is there.',
          }),
        );
      else
        tunnel.attach({
          halfCloses: true,
          begin: (listener) => forwardByStream(stream, listener),
          discard: () => stream.destroy(),
        });
    },
    (error: unknown) => tunnel.destroy(asError(error)),
  );
  return tunnel;
}
