import { setTimeout as delay } from 'node:timers/promises';
import type WebSocket from 'ws';
import { GuildNetError } from '#contract/errors.ts';
import type { TerminalMessage } from '#contract/terminal.ts';
import type { Writer } from '../context.ts';
import { createEscapeKeys } from './escape-keys.ts';
import { inputMessage, listenToHost } from './host-messages.ts';
import type { OwnTerminal } from './own-terminal.ts';

export interface ShellOptions {
  url: string;
  /** The session to join; undefined for a new one. */
  session: string | undefined;
  open(): Promise<WebSocket>;
  terminal: Pick<OwnTerminal, 'size' | 'input' | 'onResize'>;
  output: Writer;
  /** How long to try to come back, in ms. */
  patienceMs?: number;
}

/** How it ended: the shell did, with a code, or the person left a session that lives on, or it could not be come back to. */
export type ShellEnd = { kind: 'exited'; code: number } | { kind: 'left' | 'lost'; session: string | undefined };

const pausesMs = [250, 500, 1_000, 2_000, 5_000];
/** Output that is not yet told to be taken, in bytes; a quarter of what the host sends ahead. */
const ackEvery = 64 * 1024;
/** A line or two: who types more without seeing it does not mean to. */
const mostHeld = 1024;
const interrupt = 0x03;
/** RIS: an empty terminal, as a screen is written to. */
const clear = '\u001bc';
/** Refusals that another try will not change. */
const final: ReadonlySet<string> = new Set([
  'not_found',
  'forbidden',
  'unauthorized',
  'unsupported',
  'bad_body',
  'bad_request',
]);

/**
 * A shell in a workspace on this terminal. When the connection breaks it comes back to the same session, and goes on at the byte where it
 * was. Rejects with a GuildNetError when it does not come to be, or has gone meanwhile.
 */
export async function runShell(options: ShellOptions): Promise<ShellEnd> {
  const { url, open, terminal, output, patienceMs = 10 * 60_000 } = options;
  const keys = createEscapeKeys();
  const leaving = Promise.withResolvers<'left'>();
  let { session } = options;
  /** How much of the output has come, and is the terminal's by now. */
  let offset: number | undefined;
  let written = 0;
  let acked = 0;
  let socket: WebSocket | undefined;
  let isAttached = false;
  /** What is typed while there is no connection. */
  let held: Buffer = Buffer.alloc(0);
  let failures = 0;
  let brokenAt = Date.now();

  const send = (message: TerminalMessage): void => {
    if (socket?.readyState === socket?.OPEN) socket?.send(JSON.stringify(message));
  };
  const type = (input: Uint8Array): void => {
    if (input.length > 0 && socket?.readyState === socket?.OPEN) socket?.send(inputMessage(input));
  };
  const onInput = (chunk: Buffer): void => {
    const { input, leaves } = keys.read(chunk);
    if (isAttached) type(input);
    else if (held.length + input.length <= mostHeld) held = Buffer.concat([held, input]);
    // While there is no connection there is nobody else to be interrupted.
    if (leaves || (!isAttached && input.includes(interrupt))) leaving.resolve('left');
  };
  terminal.input.on('data', onInput);
  terminal.onResize((size) => send({ type: 'resize', ...size }));

  function taken(at: number, isUrgent: boolean): void {
    written = at;
    if (written - acked < ackEvery && !isUrgent) return;
    acked = written;
    send({ type: 'ack', offset: written });
  }

  /** Until the connection ends: the shell's code when that did, undefined when it broke. */
  function join(joined: WebSocket): Promise<number | undefined> {
    const { promise, resolve, reject } = Promise.withResolvers<number | undefined>();
    let code: number | undefined;
    listenToHost(joined, url, {
      message(message) {
        switch (message.type) {
          case 'attached':
            ({ session } = message);
            ({ offset } = message);
            acked = message.offset;
            failures = 0;
            isAttached = true;
            type(held);
            held = Buffer.alloc(0);
            return;
          case 'screen': {
            const at = message.offset;
            offset = at;
            output.write(`${clear}${message.data}`, () => taken(at, true));
            return;
          }
          case 'exited':
            ({ code } = message);
            return;
          // This terminal has the size that it has.
          case 'size':
          case 'started':
        }
      },
      output(_stream, chunk) {
        const at = (offset ?? 0) + chunk.length;
        offset = at;
        output.write(chunk, () => taken(at, false));
      },
      ended: (error) => (error === undefined ? resolve(code) : reject(error)),
    });
    const start = { type: 'start', ...terminal.size, session, after: offset };
    joined.send(JSON.stringify(start));
    return promise;
  }

  async function once(): Promise<number | undefined> {
    try {
      socket = await open();
      return await join(socket);
    } catch (error) {
      if (session === undefined || !(error instanceof GuildNetError) || final.has(error.code)) throw error;
      return undefined;
    } finally {
      socket?.terminate();
      socket = undefined;
      isAttached = false;
      if (failures === 0) brokenAt = Date.now();
    }
  }

  try {
    for (;;) {
      const outcome = await Promise.race([once(), leaving.promise]);
      if (outcome === 'left') return { kind: 'left', session };
      if (outcome !== undefined) return { kind: 'exited', code: outcome };
      if (Date.now() - brokenAt > patienceMs) return { kind: 'lost', session };
      const pause = pausesMs[Math.min(failures, pausesMs.length - 1)];
      failures += 1;
      if ((await Promise.race([delay(pause), leaving.promise])) === 'left') return { kind: 'left', session };
    }
  } finally {
    terminal.input.off('data', onInput);
    socket?.terminate();
  }
}
