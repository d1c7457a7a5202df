import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import type { Readable } from 'node:stream';
import { GuildNetError } from '#contract/errors.ts';

export interface VirtualDisplay extends AsyncDisposable {
  /** The value for DISPLAY, such as ":99". */
  display: string;
}

/** Starts an X server without a screen on a display that is free, and ends it when disposed of. */
export async function startVirtualDisplay(): Promise<VirtualDisplay> {
  // -displayfd lets the server choose a free number and write it to that descriptor once it accepts clients.
  const args = ['-displayfd', '3', '-screen', '0', '1600x1000x24', '-nolisten', 'tcp'];
  const server = spawn('Xvfb', args, { stdio: ['ignore', 'ignore', 'pipe', 'pipe'] });
  const closed = once(server, 'close').then(() => 'it ended', String);
  const complaint = text(server.stderr as Readable);
  const number = await Promise.race([firstLine(server.stdio[3] as Readable), closed.then(() => undefined)]);
  if (number === undefined) {
    const reason = `${await closed}. ${(await complaint).trim()}`;
    throw new GuildNetError('unsupported', `Xvfb, the display for tests, did not start: ${reason}`, {
      remedy: 'Install Xvfb (Debian: apt-get install xvfb), or set DISPLAY to a display that is there.',
    });
  }
  return {
    display: `:${number}`,
    async [Symbol.asyncDispose]() {
      server.kill('SIGTERM');
      await closed;
    },
  };
}

/** The first whole line of a stream; never settles when there is none, so race it with the end of its writer. */
async function firstLine(stream: Readable): Promise<string> {
  const { promise, resolve } = Promise.withResolvers<string>();
  let received = '';
  stream.setEncoding('utf8').on('data', (chunk: string) => {
    received += chunk;
    const [line, ...rest] = received.split('\n');
    if (rest.length > 0 && line !== undefined) resolve(line);
  });
  return promise;
}
