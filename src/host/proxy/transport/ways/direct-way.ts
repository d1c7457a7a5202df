import { connect } from 'node:net';
import type { Duplex } from 'node:stream';
import { TailnetDialError } from '../../../tailnet/outwards.ts';
import type { TailnetReach } from '../../../tailnet/tailnet.ts';
import { forwardByStream } from '../forward-by-stream.ts';
import { podKey } from '../pod-key.ts';
import type { PodName, TunnelTarget } from '../transport.ts';
import { TunnelError } from '../tunnel-error.ts';
import type { Way } from './way.ts';

export interface DialAddress {
  host: string;
  port: number;
}

/** Where a port of a pod can be dialled. May reject with a GuildNetError. */
export type Addresses = (target: TunnelTarget) => readonly DialAddress[] | Promise<readonly DialAddress[]>;

export interface DirectWayOptions {
  /** The places of a pod's port, the first to try first. */
  addresses: Addresses;
  /** A way through the host's tailnet, which goes before this machine's own network; it says where it leads. */
  dialTailnet?: TailnetReach['dial'] | undefined;
  connectMs?: number;
}

/** For each address: a network that drops packets says nothing. */
const usualConnectMs = 5_000;
const keepAliveDelay = 15_000;

/**
 * Connections to pods without the API server (`HOSTAPP_DISABLE_API_PROXY`), over a network that leads to them: the cluster's own, a route, or
 * a tailnet's subnet router.
 */
export function directWay({ addresses, dialTailnet, connectMs = usualConnectMs }: DirectWayOptions): Way {
  const open = new Map<string, Set<Duplex>>();

  function keep(pod: PodName, socket: Duplex): Duplex {
    const key = podKey(pod);
    const own = open.get(key) ?? new Set();
    open.set(key, own.add(socket));
    socket.once('close', () => {
      own.delete(socket);
      if (own.size === 0 && open.get(key) === own) open.delete(key);
    });
    return socket;
  }

  function end(pod: string): void {
    for (const socket of open.get(pod) ?? []) socket.destroy(new TunnelError('lost', 'The connection was closed.'));
  }

  return {
    kind: 'direct',
    proves: true,
    ready: () => undefined,
    async prepare(target) {
      const places = await addresses(target);
      let failure = new TunnelError('gone', 'The pod has no address.');
      // A network that leads nowhere costs its time before it says so; the tailnet knows at once where it does.
      const attempts = [
        ...(dialTailnet === undefined ? [] : places.map((place) => () => byTailnet(place, dialTailnet, connectMs))),
        ...places.map((place) => () => dial(place, connectMs)),
      ];
      for (const attempt of attempts) {
        try {
          const found = await attempt();
          if (found === undefined) continue;
          const socket = keep(target, found);
          return {
            halfCloses: true,
            begin: (listener) => forwardByStream(socket, listener, lost),
            discard: () => socket.destroy(),
          };
        } catch (error) {
          failure = error as TunnelError;
          // It is there, and says no: another address would lead to the same.
          if (failure.failure === 'refused') break;
        }
      }
      throw failure;
    },
    forget: (pod) => end(podKey(pod)),
    close() {
      for (const pod of open.keys()) end(pod);
    },
  };
}

function lost(error: Error): Error {
  return error instanceof TunnelError ? error : new TunnelError('lost', error.message, error);
}

/** Undefined where the tailnet does not lead there. Rejects with a TunnelError. */
async function byTailnet(
  place: DialAddress,
  dialTailnet: TailnetReach['dial'],
  ms: number,
): Promise<Duplex | undefined> {
  try {
    const socket = await dialTailnet(place, AbortSignal.timeout(ms));
    return socket === undefined ? undefined : held(socket);
  } catch (error) {
    if (!(error instanceof TailnetDialError)) throw lost(error as Error);
    throw new TunnelError(error.failure === 'refused' ? 'refused' : 'unreachable', error.message, error);
  }
}

/** Between here and the one who begins it has an owner as well; what happens then is felt when it is begun. */
function held<Stream extends Duplex>(socket: Stream): Stream {
  socket.on('error', () => undefined);
  socket.pause();
  return socket;
}

/** Rejects with a TunnelError. */
function dial({ host, port }: DialAddress, ms: number): Promise<Duplex> {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const socket = connect({
    host,
    port,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: keepAliveDelay,
    allowHalfOpen: true,
  });
  const late = Object.assign(new Error(`${host}:${String(port)} does not answer`), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => socket.destroy(late), ms);
  const refuse = (error: NodeJS.ErrnoException): void => {
    clearTimeout(timer);
    reject(new TunnelError(error.code === 'ECONNREFUSED' ? 'refused' : 'unreachable', error.message, error));
  };
  socket.once('error', refuse);
  socket.once('connect', () => {
    clearTimeout(timer);
    socket.off('error', refuse);
    resolve(held(socket));
  });
  return promise;
}
