import type WebSocket from 'ws';
import { GuildNetError } from '#contract/errors.ts';
import type { ExecMessage, ExecSignal, ExecStart } from '#contract/terminal.ts';
import type { Writer } from '../context.ts';
import { inputMessage, listenToHost } from './host-messages.ts';

export interface ProgramStreams {
  /** What it reads; undefined when it gets nothing. */
  input: NodeJS.ReadableStream | undefined;
  output: Writer;
  errors: Writer;
}

export interface RemoteProgram {
  /** How it ended. Rejects with a GuildNetError when it did not start, or the connection broke. */
  readonly ended: Promise<number>;
  send(message: ExecMessage): void;
  signal(signal: ExecSignal): void;
  /** Leaves it: the host tells it by SIGHUP. */
  leave(): void;
}

/** Bytes that may wait to be sent before no more is read. */
const mostWaiting = 1024 * 1024;
/** A message may have so many bytes. */
const largest = 512 * 1024;

/** Runs a program in a workspace, joined to streams of ours. Nothing is read faster than it is written. */
export function runRemoteProgram(
  socket: WebSocket,
  url: string,
  start: ExecStart,
  { input, output, errors }: ProgramStreams,
): RemoteProgram {
  const { promise, resolve, reject } = Promise.withResolvers<number>();
  let writing = 0;
  let code: number | undefined;
  let hasEnded = false;

  const send = (message: ExecStart | ExecMessage): void => {
    if (socket.readyState === socket.OPEN) socket.send(JSON.stringify(message));
  };
  const onInput = (chunk: Buffer | string): void => {
    const bytes = Buffer.from(chunk);
    for (let at = 0; at < bytes.length; at += largest) {
      if (socket.readyState !== socket.OPEN) return;
      socket.send(inputMessage(bytes.subarray(at, at + largest)), () => {
        if (socket.bufferedAmount <= mostWaiting && !hasEnded) input?.resume();
      });
    }
    if (socket.bufferedAmount > mostWaiting) input?.pause();
  };
  const onEnd = (): void => send({ type: 'eof' });
  const finish = (error?: GuildNetError): void => {
    hasEnded = true;
    input?.off('data', onInput);
    input?.off('end', onEnd);
    input?.pause();
    if (code !== undefined) resolve(code);
    else
      reject(
        error ??
          new GuildNetError('upstream_failed', 'The connection to the host broke while the program was running.', {
            remedy: 'The host tells the program to end. Begin anew.',
          }),
      );
  };

  listenToHost(socket, url, {
    message(message) {
      if (message.type === 'started' && input !== undefined) {
        input.on('data', onInput);
        input.on('end', onEnd);
      } else if (message.type === 'exited') {
        // All that it has printed came before.
        ({ code } = message);
        finish();
        socket.close();
      }
    },
    output(stream, chunk) {
      writing += 1;
      const more = (stream === 'errors' ? errors : output).write(chunk, () => {
        writing -= 1;
        if (writing === 0) socket.resume();
      });
      if (!more) socket.pause();
    },
    ended: finish,
  });
  send(start);
  return {
    ended: promise,
    send,
    signal: (signal) => send({ type: 'signal', signal }),
    leave: () => socket.terminate(),
  };
}
