import type { Socket } from 'node:net';
import { createPeerUser } from '../../access/peer-user.ts';
import type { Ends } from '../../access/handed-over.ts';
import type { Log } from '../../observability/log.ts';
import { introduced } from './introduced.ts';
import { endsOfBound, listenAt } from './entrance.ts';
import type { Listening } from './entrance.ts';
import type { Served } from './serve.ts';

export interface Doors {
  /** These ports of these addresses are open from now on, and no others. Resolves with those that tailscaled has to hand on to us. */
  open(ports: ReadonlySet<number>, addresses: readonly string[], bindable: boolean): Promise<Served>;
  /** Ports that cannot be opened, and why. */
  readonly shut: ReadonlyMap<number, string>;
  close(): void;
}

export interface DoorsOptions {
  /** Takes over a connection, of which nothing that the peer sent has been read. */
  onConnection(socket: Socket, ends: Ends): void;
  /** The user as whom tailscaled runs; undefined where that is not known. */
  tailscaledUser(): Promise<number | undefined>;
  /** Whether somebody of the tailnet is at the far end of this connection of loopback's, by way of tailscaled. */
  isForwarded(end: { address: string; port: number }): Promise<boolean>;
  log: Log;
}

interface Door {
  listening: Listening[];
  /** Of loopback, where tailscaled hands connections on. */
  handedAt?: number;
}

/**
 * Ports of the machine's tailnet addresses: bound like any other where the machine's network leads into the tailnet and we may, which
 * changes nothing of tailscaled's, and else handed on to us by it (`tailscale serve`).
 */
export function createDoors({ onConnection, tailscaledUser, isForwarded, log }: DoorsOptions): Doors {
  const doors = new Map<number, Door>();
  const shut = new Map<number, string>();
  const userOf = createPeerUser();
  let boundTo = '';

  async function bind(port: number, addresses: readonly string[]): Promise<Door> {
    const listening: Listening[] = [];
    try {
      for (const host of addresses) {
        const accept = (socket: Socket): void => {
          const ends = endsOfBound(socket);
          if (ends === undefined) socket.destroy();
          else onConnection(socket, ends);
        };
        listening.push(await listenAt({ host, port }, accept, log));
      }
      return { listening };
    } catch (error) {
      for (const one of listening) one.close();
      throw error;
    }
  }

  async function beHanded(port: number): Promise<Door> {
    const accept = (socket: Socket): void => {
      introduced(socket, { port, userOf, tailscaledUser, isForwarded }).then(
        (ends) => {
          if (!socket.destroyed) onConnection(socket, ends);
        },
        (error: unknown) => {
          log.warn({ err: error, port }, 'A connection that tailscaled has not handed on was refused');
          socket.destroy();
        },
      );
    };
    const listening = await listenAt({ host: '127.0.0.1', port: 0 }, accept, log);
    return { listening: [listening], handedAt: listening.port };
  }

  async function open(port: number, addresses: readonly string[], bindable: boolean): Promise<void> {
    try {
      if (bindable) {
        try {
          doors.set(port, await bind(port, addresses));
          return;
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code === 'EADDRINUSE') {
            shut.set(port, 'another program listens there');
            return;
          }
          // Ports below 1024 are for those who may, and in user space the addresses are tailscaled's alone.
          log.debug(
            { err: error, port },
            'A port of the tailnet address is not bound; tailscaled is asked to hand it on',
          );
        }
      }
      if (process.platform !== 'linux') {
        shut.set(port, 'this user may not listen there');
        return;
      }
      doors.set(port, await beHanded(port));
    } catch (error) {
      shut.set(port, (error as Error).message);
    }
  }

  return {
    async open(ports, addresses, bindable) {
      const to = `${String(bindable)} ${addresses.join()}`;
      shut.clear();
      for (const [port, { listening }] of doors) {
        if (ports.has(port) && to === boundTo) continue;
        for (const one of listening) one.close();
        doors.delete(port);
      }
      boundTo = to;
      for (const port of ports) if (!doors.has(port)) await open(port, addresses, bindable);
      return new Map(
        [...doors].flatMap(([port, { handedAt }]) => (handedAt === undefined ? [] : [[port, handedAt] as const])),
      );
    },
    shut,
    close() {
      for (const { listening } of doors.values()) for (const one of listening) one.close();
      doors.clear();
    },
  };
}
