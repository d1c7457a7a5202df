import { readFile } from 'node:fs/promises';
import { isIPv4, isIPv6 } from 'node:net';
import type { Socket } from 'node:net';

/** One end of a TCP connection as the kernel writes it: the address in memory order, 32 bits at a time, and the port. */
function kernelForm(address: string, port: number): string[] {
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  const v4 = address.startsWith('::ffff:') ? address.slice('::ffff:'.length) : address;
  if (isIPv4(v4)) {
    const word = v4
      .split('.')
      .toReversed()
      .map((part) => Number(part).toString(16).toUpperCase().padStart(2, '0'))
      .join('');
    return [`${word}${suffix}`, `0000000000000000FFFF0000${word}${suffix}`];
  }
  if (!isIPv6(address)) return [];
  const groups = new URL(`http://[${address}]/`).hostname.slice(1, -1);
  const [front = '', back] = groups.split('::');
  const parts = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = 8 - parts(front).length - parts(back ?? '').length;
  const all =
    back === undefined ? parts(front) : [...parts(front), ...Array<string>(missing).fill('0'), ...parts(back)];
  const bytes = all.map((part) => part.padStart(4, '0')).join('');
  const words = bytes.toUpperCase().match(/.{8}/g) ?? [];
  return [`${words.map((word) => word.match(/../g)?.toReversed().join('') ?? '').join('')}${suffix}`];
}

interface Ends {
  /** The other program's end. */
  peer: { address: string; port: number };
  /** Ours. */
  own: { address: string; port: number };
}

/**
 * The user (uid) whose program holds the other end of a connection on this machine, from a table of the kernel
 * (`/proc/net/tcp` and `tcp6`, proc_net_tcp.txt): local address, remote address, state …, uid in the eighth column.
 */
export function userInTable(table: string, { peer, own }: Ends): number | undefined {
  const locals = kernelForm(peer.address, peer.port);
  const remotes = kernelForm(own.address, own.port);
  for (const line of table.split('\n')) {
    const [, local = '', remote = '', state, , , , user] = line.trim().split(/\s+/);
    // 06 is TIME_WAIT: what is left of a connection has no user.
    if (state === '06' || !locals.includes(local) || !remotes.includes(remote)) continue;
    const uid = Number(user);
    return Number.isSafeInteger(uid) ? uid : undefined;
  }
  return undefined;
}

/** Who holds the other end of a socket: undefined where the system does not tell, and for what comes from elsewhere. */
export type PeerUser = (socket: Socket) => Promise<number | undefined>;

async function readTable(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch {
    // No such table: IPv6 is switched off, or this is not Linux. Then it is not known.
    return '';
  }
}

/** Looks each connection up once, when first asked. */
export function createPeerUser(platform: NodeJS.Platform = process.platform): PeerUser {
  const known = new WeakMap<Socket, Promise<number | undefined>>();
  const look = async (socket: Socket): Promise<number | undefined> => {
    const { remoteAddress, remotePort, localAddress, localPort } = socket;
    if (platform !== 'linux' || remoteAddress === undefined || localAddress === undefined) return undefined;
    const ends = {
      peer: { address: remoteAddress, port: remotePort ?? 0 },
      own: { address: localAddress, port: localPort ?? 0 },
    };
    for (const path of ['/proc/net/tcp', '/proc/net/tcp6']) {
      const user = userInTable(await readTable(path), ends);
      if (user !== undefined) return user;
    }
    return undefined;
  };
  return (socket) => {
    const asked = known.get(socket) ?? look(socket);
    known.set(socket, asked);
    return asked;
  };
}
