import type WebSocket from 'ws';
import type { z } from 'zod';
import { GuildNetError } from '#contract/errors.ts';
import { failedMessage, streams } from '#contract/terminal.ts';
import type { HostMessage } from '#contract/terminal.ts';
import { invalidRequest } from './wire-errors.ts';

interface Listener<Message> {
  message(message: Message): void;
  input(chunk: Buffer): void;
  /** The client is gone. `hasAll`: it has answered our goodbye, and so has all that came before. */
  left(hasAll: boolean): void;
}

/** A WebSocket on which the contract's messages go. */
export interface SpokenSocket<Start, Message> {
  /** The first message. Rejects when none that is one comes in time; with undefined when the client has left before. */
  begun(): Promise<Start | undefined>;
  /** From now on. */
  listen(listener: Listener<Message>): void;
  tell(message: HostMessage): void;
  /** False when the sender should wait for `drained`. */
  send(stream: 'output' | 'errors', chunk: Buffer): boolean;
  onDrained(listener: () => void): void;
  /** No more input is read, or is again. */
  pause(): void;
  resume(): void;
  /** All is said. */
  close(): void;
  /** Says what went wrong, and closes. */
  fail(error: unknown): void;
}

const startMs = 15_000;
/** A client that has gone without a word is noticed after two of these, in ms. */
const pingMs = 20_000;
const mostWaiting = 512 * 1024;
/** What a client may leave unread of messages, in bytes, before it is dropped: more than the largest screen. */
const mostUnread = 48 << 20;

/** Reads and writes the messages of `contract/terminal.ts`; one that is none ends the connection and says why. */
export function spokenSocket<Start, Message>(
  socket: WebSocket,
  schemas: { start: z.ZodType<Start>; message: z.ZodType<Message> },
  requestId: string,
): SpokenSocket<Start, Message> {
  const beginning = Promise.withResolvers<Start | undefined>();
  let listener: Listener<Message> | undefined;
  /** What came along with the first message, before somebody listened. */
  let early: ((to: Listener<Message>) => void)[] = [];
  let hasBegun = false;
  let isAlive = true;
  let isWaiting = false;
  let hasAll = false;
  let drained: () => void = () => undefined;

  const tell = (message: HostMessage): void => {
    if (socket.readyState !== socket.OPEN) return;
    // Others may go on changing a terminal's size while this client reads nothing.
    if (socket.bufferedAmount > mostUnread) socket.terminate();
    else socket.send(JSON.stringify(message));
  };
  const close = (): void => {
    // What the client is still sending is in front of its goodbye.
    socket.resume();
    socket.close(1000);
  };
  const fail = (error: unknown): void => {
    tell(failedMessage(error, requestId));
    close();
  };
  const late = setTimeout(() => {
    fail(new GuildNetError('timeout', 'The first message did not come in time.'));
  }, startMs);
  const pinging = setInterval(() => {
    if (socket.isPaused) return;
    if (!isAlive) return socket.terminate();
    isAlive = false;
    socket.ping();
  }, pingMs);

  function onText(text: string): void {
    if (!hasBegun) {
      const start = parsed(schemas.start, text);
      hasBegun = true;
      clearTimeout(late);
      // Nothing more is read before somebody listens.
      socket.pause();
      return beginning.resolve(start);
    }
    const message = parsed(schemas.message, text);
    give((to) => to.message(message));
  }

  function give(event: (to: Listener<Message>) => void): void {
    if (listener === undefined) early.push(event);
    else event(listener);
  }

  function onInput(message: Buffer): void {
    if (!hasBegun) throw new GuildNetError('bad_body', 'The first message says what to start.');
    if (message[0] !== streams.input)
      throw new GuildNetError('bad_body', 'A binary message begins with a 0 and goes on with input.');
    const input = message.subarray(1);
    if (input.length > 0) give((to) => to.input(input));
  }

  socket.on('pong', () => (isAlive = true));
  socket.on('message', (data: Buffer, isBinary: boolean) => {
    isAlive = true;
    try {
      if (isBinary) onInput(data);
      else onText(data.toString());
    } catch (error) {
      fail(error);
    }
  });
  // It is followed by its close: a client that breaks the protocol, or has gone.
  socket.on('error', () => socket.terminate());
  socket.on('close', (code) => {
    clearTimeout(late);
    clearInterval(pinging);
    beginning.resolve(undefined);
    // 1006: without a goodbye (RFC 6455, 7.1.5).
    hasAll = code !== 1006;
    listener?.left(hasAll);
  });

  return {
    begun: () => beginning.promise,
    listen(to) {
      listener = to;
      const events = early;
      early = [];
      for (const event of events) event(to);
      if (socket.readyState === socket.CLOSED) to.left(hasAll);
      else socket.resume();
    },
    tell,
    send(stream, chunk) {
      if (socket.readyState !== socket.OPEN) return true;
      socket.send(Buffer.concat([Buffer.from([streams[stream]]), chunk]), () => {
        if (!isWaiting || socket.bufferedAmount > mostWaiting) return;
        isWaiting = false;
        drained();
      });
      isWaiting = socket.bufferedAmount > mostWaiting;
      return !isWaiting;
    },
    onDrained: (to) => (drained = to),
    pause: () => socket.pause(),
    resume() {
      isAlive = true;
      socket.resume();
    },
    close,
    fail,
  };
}

function parsed<Value>(schema: z.ZodType<Value>, text: string): Value {
  const result = schema.safeParse(json(text));
  if (result.success) return result.data;
  throw invalidRequest(result.error.issues, {
    remedy: 'Correct it; the description of the API has the messages.',
    cause: result.error,
  });
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new GuildNetError('bad_body', 'The message is no JSON.');
  }
}
