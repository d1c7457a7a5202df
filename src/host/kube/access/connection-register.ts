import type { ApiConnections, ConnectionUse } from '#contract/connections.ts';

/** What a connection to the API server is opened for. */
export interface ConnectionPurpose {
  what: ConnectionUse;
  /** What is spoken on it. */
  protocol: string;
  /** The pod that it leads to. */
  pod?: string;
}

/** What is looked at of a socket. */
export interface Counted {
  readonly bytesRead?: number;
  readonly bytesWritten?: number;
  once(event: 'close', listener: () => void): unknown;
}

/** Which connections to one API server there are, why, and how much they carry. */
export interface ConnectionRegister {
  /** From now until it closes it is one of them. */
  add(socket: Counted, purpose: ConnectionPurpose): void;
  view(): ApiConnections;
}

const reasons: Readonly<Record<ConnectionUse, string>> = {
  requests: 'Reads and writes of objects in the cluster.',
  streams: 'Watches, which keep the live view, and logs that are followed.',
  tunnels: 'Requests to workspaces, forwarded ports, and looks whether they answer.',
  terminals: 'Programs that are run in workspaces.',
  'pod-proxy': 'Requests to workspaces by the pod-proxy subresource.',
};
const mostPods = 64;

interface Sum {
  open: number;
  bytes_in: number;
  bytes_out: number;
}

interface Total extends Sum {
  what: ConnectionUse;
  protocol: string;
  opened: number;
}

function count(sum: Sum, { bytesRead = 0, bytesWritten = 0 }: Counted): void {
  sum.bytes_in += bytesRead;
  sum.bytes_out += bytesWritten;
}

/** A register without connections. `now`: milliseconds since the epoch. */
export function createConnectionRegister(now: () => number = Date.now): ConnectionRegister {
  const open = new Map<Counted, ConnectionPurpose & { since: number }>();
  /** Of those that are closed, by use and protocol, of which there are few. */
  const closed = new Map<string, Total>();

  function totalOf(totals: Map<string, Total>, { what, protocol }: ConnectionPurpose): Total {
    const key = `${what} ${protocol}`;
    const total = totals.get(key) ?? { what, protocol, open: 0, opened: 0, bytes_in: 0, bytes_out: 0 };
    totals.set(key, total);
    return total;
  }

  return {
    add(socket, purpose) {
      open.set(socket, { ...purpose, since: now() });
      totalOf(closed, purpose).opened += 1;
      socket.once('close', () => {
        open.delete(socket);
        count(totalOf(closed, purpose), socket);
      });
    },
    view() {
      const totals = new Map([...closed].map(([key, total]) => [key, { ...total }]));
      const pods = new Map<string, ApiConnections['pods'][number]>();
      for (const [socket, purpose] of open) {
        const total = totalOf(totals, purpose);
        total.open += 1;
        count(total, socket);
        const { what, protocol, pod, since } = purpose;
        if (pod === undefined) continue;
        const key = `${what} ${protocol} ${pod}`;
        const known = pods.get(key) ?? {
          what,
          protocol,
          pod,
          open: 0,
          bytes_in: 0,
          bytes_out: 0,
          since: new Date(since).toISOString(),
        };
        known.open += 1;
        count(known, socket);
        pods.set(key, known);
      }
      const carried = (one: Sum): number => one.bytes_in + one.bytes_out;
      const sorted = [...pods.values()].toSorted((one, other) => carried(other) - carried(one));
      return {
        totals: [...totals.values()].map((total) => ({ ...total, why: reasons[total.what] })),
        pods: sorted.slice(0, mostPods),
        more: Math.max(0, sorted.length - mostPods),
      };
    },
  };
}
