import { createHash } from 'node:crypto';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface HeldLock extends AsyncDisposable {
  release(): Promise<void>;
}

export interface LockOptions {
  /** Called once when someone else holds the lock. */
  onWait?: () => void;
  signal?: AbortSignal | undefined;
}

/**
 * Takes the lock on `subject` (a folder, say), waiting for its holder to let go.
 *
 * The lock is an abstract Unix socket (unix(7)) named by the subject's hash: the kernel lets go of it when its holder ends,
 * however it ends, so there is no stale lock to clean up. Waiters connect to it and are told by the connection's end.
 * It also keeps two callers within one process apart. Linux only.
 */
export async function takeLock(subject: string, options: LockOptions = {}): Promise<HeldLock> {
  const path = `\0guildnet-${createHash('sha256').update(subject).digest('hex').slice(0, 40)}`;
  let told = false;
  for (;;) {
    options.signal?.throwIfAborted();
    const server = await tryListen(path);
    if (server !== undefined) return server;
    if (!told) options.onWait?.();
    told = true;
    await holderGone(path, options.signal);
  }
}

/** Runs `work` while holding the lock on `subject`. */
export async function withLock<T>(subject: string, options: LockOptions, work: () => Promise<T>): Promise<T> {
  await using _lock = await takeLock(subject, options);
  return await work();
}

function tryListen(path: string): Promise<HeldLock | undefined> {
  return new Promise((resolve, reject) => {
    const waiters = new Set<Socket>();
    const server: Server = createServer((socket) => {
      waiters.add(socket);
      socket.unref();
      socket.on('error', () => socket.destroy());
      socket.once('close', () => waiters.delete(socket));
    });
    server.once('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(error);
    });
    server.listen(path, () => {
      // A program that ends with the lock held should end, not hang on it.
      server.unref();
      const release = (): Promise<void> =>
        new Promise((done) => {
          server.close(() => done());
          for (const waiter of waiters) waiter.destroy();
        });
      resolve({ release, [Symbol.asyncDispose]: release });
    });
  });
}

async function holderGone(path: string, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const socket = connect(path);
    const abort = (): void => {
      socket.destroy();
      reject(signal?.reason instanceof Error ? signal.reason : new Error('aborted'));
    };
    signal?.addEventListener('abort', abort, { once: true });
    socket.resume();
    // Refused means it let go between our two calls; either way the next attempt decides.
    socket.once('error', () => socket.destroy());
    socket.once('close', () => {
      signal?.removeEventListener('abort', abort);
      resolve();
    });
  });
  // All waiters wake at once; a few milliseconds apart they do not collide again and again.
  await delay(Math.random() * 20);
}
