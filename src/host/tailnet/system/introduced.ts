import type { Socket } from 'node:net';
import type { End, Ends } from '../../access/handed-over.ts';
import type { PeerUser } from '../../access/peer-user.ts';
import { readProxyHeader } from '../proxy-header.ts';

/** Milliseconds in which tailscaled must say whose a connection is. */
const headerMs = 10_000;

export interface IntroducedOptions {
  /** Of the tailnet address: tailscaled's header says that of loopback. */
  port: number;
  userOf: PeerUser;
  tailscaledUser(): Promise<number | undefined>;
  isForwarded(end: End): Promise<boolean>;
}

/**
 * Between whom a connection is that tailscaled hands on with a PROXY v2 header. The header proves nothing; what does is that the far end
 * of the connection is a program of tailscaled's user, and that no peer is behind it: in user space tailscaled also leads peers to any
 * port of loopback, where they could write such a header themselves. Rejects with why it is not believed.
 */
export async function introduced(
  socket: Socket,
  { port, userOf, tailscaledUser, isForwarded }: IntroducedOptions,
): Promise<Ends> {
  const header = await headerOf(socket);
  const [user, expected] = await Promise.all([userOf(socket), tailscaledUser()]);
  if (user === undefined || expected === undefined || (user !== expected && user !== 0))
    throw new Error('its far end is not tailscaled');
  const far = { address: socket.remoteAddress ?? '', port: socket.remotePort ?? 0 };
  if (await isForwarded(far)) throw new Error('a peer is at its far end, and not tailscaled itself');
  return { peer: header.peer, own: { address: header.own.address, port } };
}

async function headerOf(socket: Socket): Promise<Ends> {
  const { promise, resolve, reject } = Promise.withResolvers<Ends>();
  const timer = setTimeout(() => reject(new Error('it says nothing of itself')), headerMs);
  const over = (): void => reject(new Error('it ended at once'));
  let bytes = Buffer.alloc(0);
  const onReadable = (): void => {
    const chunk = socket.read() as Buffer | null;
    if (chunk === null) return;
    bytes = Buffer.concat([bytes, chunk]);
    const header = readProxyHeader(bytes);
    if (header.kind === 'partial') return;
    if (header.kind === 'wrong') {
      reject(new Error(header.why));
      return;
    }
    const rest = bytes.subarray(header.length);
    socket.off('readable', onReadable);
    if (rest.length > 0) socket.unshift(rest);
    resolve(header);
  };
  socket.once('close', over);
  socket.on('readable', onReadable);
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
    socket.off('close', over);
    socket.off('readable', onReadable);
  }
}
