import { once } from 'node:events';
import { chmod, link, lstat, mkdtemp, rm, unlink } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Server } from 'node:net';
import { dirname, join } from 'node:path';
import { GuildNetError } from '#contract/errors.ts';

function taken(path: string, what: string): GuildNetError {
  return new GuildNetError('conflict', `A forward cannot listen at ${path}: ${what}.`, {
    remedy: 'Choose another path, or remove it first.',
    details: { where: path },
  });
}

async function answers(path: string): Promise<boolean> {
  const socket = connect(path);
  try {
    await once(socket, 'connect');
    return true;
  } catch {
    // Nobody listens behind it: it was left by a program that has ended.
    return false;
  } finally {
    socket.destroy();
  }
}

/** Puts the socket where it is wanted. One that a program has left there, at which nobody listens any more, is replaced. */
async function place(made: string, path: string): Promise<void> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      // Unlike a rename, a link never replaces what is there.
      await link(made, path);
      return;
    } catch (error) {
      if (!(error instanceof Error) || !('code' in error) || error.code !== 'EEXIST' || attempt > 1) throw error;
    }
    const there = await lstat(path);
    if (!there.isSocket()) throw taken(path, 'there is something else');
    if (await answers(path)) throw taken(path, 'another program listens there');
    await unlink(path);
  }
}

/**
 * Lets a server listen at a Unix socket that only this user can connect to, from its first moment on: it is made in a folder of our
 * own, gets its mode there, and is linked to where it is wanted. Resolves with what takes it away again. Rejects with a
 * GuildNetError, or with what the system says.
 */
export async function listenPrivately(server: Server, path: string): Promise<() => Promise<void>> {
  if (process.platform === 'win32') {
    throw new GuildNetError('unsupported', 'Windows has no Unix sockets that a forward could listen at.', {
      remedy: 'Use a port.',
    });
  }
  // `mkdtemp` makes it for this user alone.
  const folder = await mkdtemp(join(dirname(path), '.gn-'));
  const made = join(folder, 's');
  try {
    server.listen({ path: made });
    await once(server, 'listening');
    await chmod(made, 0o600);
    await place(made, path);
    const { ino } = await lstat(path);
    return async () => {
      const there = await lstat(path).catch(() => undefined);
      // Whoever has put another there may keep it.
      if (there?.ino === ino) await unlink(path);
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
