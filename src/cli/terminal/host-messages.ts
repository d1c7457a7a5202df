import type WebSocket from 'ws';
import { GuildNetError } from '#contract/errors.ts';
import type { HostMessage } from '#contract/terminal.ts';
import { hostMessageSchema, streams } from '#contract/terminal.ts';
import { fromErrorBody } from '../client/error-body.ts';

export interface HostListener {
  message(message: Exclude<HostMessage, { type: 'failed' }>): void;
  output(stream: 'output' | 'errors', chunk: Buffer): void;
  /** Once: with what the host said went wrong; without, the connection ended or broke. */
  ended(error: GuildNetError | undefined): void;
}

/** Listens to what a host says on the WebSocket of a terminal or a program. */
export function listenToHost(socket: WebSocket, url: string, listener: HostListener): void {
  let isOver = false;
  const end = (error: GuildNetError | undefined): void => {
    if (isOver) return;
    isOver = true;
    listener.ended(error);
  };
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    if (isOver) return;
    if (isBinary) return listener.output(data[0] === streams.errors ? 'errors' : 'output', data.subarray(1));
    const message = hostMessageSchema.safeParse(jsonOf(data.toString())).data;
    if (message === undefined) {
      end(
        new GuildNetError(
          'upstream_failed',
          `The host at ${url} says something that this command does not understand.`,
          {
            remedy: 'Check that host and command are of the same version ("guildnet status").',
          },
        ),
      );
      socket.terminate();
    } else if (message.type === 'failed') {
      // The host forgets a session whose end has come.
      socket.close();
      end(fromErrorBody(message.error, 500, url));
    } else listener.message(message);
  });
  socket.on('close', () => end(undefined));
  if (socket.readyState === socket.CLOSED) end(undefined);
  else socket.resume();
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Input, as a message. */
export function inputMessage(chunk: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from([streams.input]), chunk]);
}
