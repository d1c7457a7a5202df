import { createServer } from 'node:net';
import type { AddressInfo, Socket } from 'node:net';

/** What a workspace's server does with a connection. */
export interface Play {
  /** Says it as soon as somebody connects; otherwise once the request's headers are there. */
  early?: boolean;
  bytes: Buffer;
  /** Lengths of the pieces that it is written in, one after another; the rest goes in one. */
  pieces?: readonly number[];
  /** What comes after the bytes: the connection stays, ends in order, is reset, or the bytes are said over and over. */
  after: 'stay' | 'end' | 'reset' | 'repeat';
}

/** A TCP server of the tests' own that says whatever a workspace may say. */
export interface HostileServer extends AsyncDisposable {
  port: number;
  /** Connections that are open now. */
  readonly connections: number;
  /** Bytes that it could get rid of. */
  readonly said: number;
}

/** `play` tells by the request's head what is to be done; by '' what is said to each connection, before any request. */
export async function startHostileServer(play: (head: string) => Play | undefined): Promise<HostileServer> {
  const sockets = new Set<Socket>();
  let said = 0;
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    // Being cut off is what it is for.
    socket.on('error', () => socket.destroy());
    socket.setNoDelay(true);
    const first = play('');
    let received = '';
    let busy = false;
    const perform = (done: Play): void => {
      busy = true;
      void speak(socket, done, (count) => (said += count)).then(() => {
        busy = false;
        listen();
      });
    };
    const listen = (): void => {
      const end = received.indexOf('\r\n\r\n');
      if (busy || end === -1) return;
      const head = received.slice(0, end);
      received = '';
      const answer = play(head);
      if (answer !== undefined && answer.early !== true) perform(answer);
    };
    socket.on('data', (data: Buffer) => {
      received += data.toString('latin1');
      listen();
    });
    if (first?.early === true) perform(first);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    get connections() {
      return sockets.size;
    },
    get said() {
      return said;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      for (const socket of sockets) socket.destroy();
      await closed;
    },
  };
}

async function speak(
  socket: Socket,
  { bytes, pieces = [], after }: Play,
  tell: (count: number) => void,
): Promise<void> {
  const say = async (part: Buffer): Promise<void> => {
    if (socket.destroyed || part.length === 0) return;
    tell(part.length);
    if (socket.write(part)) return;
    await new Promise<void>((resolve) => {
      socket.once('drain', resolve);
      socket.once('close', () => resolve());
    });
  };
  let at = 0;
  for (const length of pieces) {
    await say(bytes.subarray(at, at + length));
    // Pieces of their own in the network too, as far as anybody can have them.
    await new Promise((resolve) => setImmediate(resolve));
    at += length;
  }
  await say(bytes.subarray(at));
  if (after === 'repeat') {
    while (!socket.destroyed) {
      await say(bytes);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }
  if (after === 'end') socket.end();
  if (after === 'reset') {
    // An end that is still on its way cannot become a reset: Node then reports EINVAL, and never that the socket is closed.
    if (socket.writableEnded) socket.destroy();
    else socket.resetAndDestroy();
  }
}
