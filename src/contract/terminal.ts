import { eventIterator, oc } from '@orpc/contract';
import { z } from 'zod';
import { cutTextOf, listOf, longest, textOf, timeText } from './bounded.ts';
import { errorBodySchema, toErrorBody } from './errors.ts';

/*
 * What is said on the WebSockets `/api/workspaces/{id}/terminal` and `/api/workspaces/{id}/exec`. A binary message is bytes of a stream,
 * behind one byte that says which; a text message is one of the JSON objects below. The client begins with a `start`. The host ends with
 * `exited` or `failed`, and then closes.
 */

/** The first byte of a binary message: what it carries. */
export const streams = { input: 0, output: 1, errors: 2 } as const;

/** What a terminal may be: beyond, one screen alone would take megabytes of the host's memory. */
export const largestTerminal = { cols: 500, rows: 300 } as const;
/** As much output as the host sends ahead of what the client has taken (`ack`), in bytes. */
export const outputWindow = 256 * 1024;
/** Bytes of one message to the host. */
export const largestMessage = 1024 * 1024;

const size = {
  cols: z.int().min(1).max(largestTerminal.cols),
  rows: z.int().min(1).max(largestTerminal.rows),
};
export const terminalSizeSchema = z.object(size);
export type TerminalSize = z.infer<typeof terminalSizeSchema>;

/** Counts all bytes that the program has printed since the session began. */
const offset = z.int().min(0);
const sessionId = textOf(longest.label).regex(/^[0-9a-z]+$/, 'Not the name of a session.');

/** The first message on `/terminal`: a new session, or one that there is. */
export const terminalStartSchema = z.strictObject({
  type: z.literal('start'),
  ...size,
  session: sessionId.optional(),
  /** As much of its output is known already: what follows comes, byte for byte, while the host has it. Otherwise comes a `screen`. */
  after: offset.optional(),
});
export type TerminalStart = z.infer<typeof terminalStartSchema>;

/** The first message on `/exec`: one program, which ends with the connection. */
export const execStartSchema = z.strictObject({
  type: z.literal('start'),
  command: listOf(textOf(longest.argument), 1024).refine((words) => words.length > 0, 'Name a program.'),
  /** In a terminal of this size, which has no `errors` of its own. */
  tty: terminalSizeSchema.optional(),
  /** Whether it gets input; without, it reads its end at once. */
  input: z.boolean().optional(),
  container: textOf(longest.name).optional(),
});
export type ExecStart = z.infer<typeof execStartSchema>;

/** What may be sent to a program that runs. */
export const execSignals = ['HUP', 'INT', 'QUIT', 'TERM', 'KILL', 'USR1', 'USR2'] as const;
export type ExecSignal = (typeof execSignals)[number];

const resizeSchema = z.strictObject({ type: z.literal('resize'), ...size });
/** On `/terminal`: `ack` says how much output was taken, `end` ends the session and what runs in it. */
export const terminalMessageSchema = z.discriminatedUnion('type', [
  resizeSchema,
  z.strictObject({ type: z.literal('ack'), offset }),
  z.strictObject({ type: z.literal('end') }),
]);
export type TerminalMessage = z.infer<typeof terminalMessageSchema>;
/** On `/exec`: `eof` is the end of the input. */
export const execMessageSchema = z.discriminatedUnion('type', [
  resizeSchema,
  z.strictObject({ type: z.literal('eof') }),
  z.strictObject({ type: z.literal('signal'), signal: z.enum(execSignals) }),
]);
export type ExecMessage = z.infer<typeof execMessageSchema>;

/** An error as elsewhere, of whose details only what people and programs go by is kept. */
const problemSchema = errorBodySchema.extend({
  details: z
    .object({ remedy: cutTextOf(longest.message).optional(), reason: cutTextOf(longest.token).optional() })
    .optional(),
});

/**
 * What the host says. `attached`: this session; output follows from `offset` on, and what lies before `live` is from earlier: a terminal
 * must not answer questions in it again. `screen`: what was missed is more than the host has; this, written to an empty terminal of that
 * size, is what it shows at `offset`. `size`: another client has changed it.
 */
export const hostMessageSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('started') }),
  z.object({ type: z.literal('attached'), session: sessionId, attachment: sessionId, offset, live: offset, ...size }),
  z.object({ type: z.literal('screen'), data: textOf(32 << 20), offset, ...size }),
  z.object({ type: z.literal('size'), ...size }),
  z.object({ type: z.literal('exited'), code: z.int() }),
  z.object({ type: z.literal('failed'), error: problemSchema }),
]);
export type HostMessage = z.infer<typeof hostMessageSchema>;

/** What went wrong, as a message. */
export function failedMessage(error: unknown, requestId?: string): HostMessage {
  return { type: 'failed', error: problemSchema.parse(toErrorBody(error, requestId)) };
}

/** A session as lists have it. */
export const terminalSessionSchema = z.object({
  session: sessionId,
  created_at: timeText,
  /** What the program calls its window, as shells do after each command. */
  title: cutTextOf(longest.label * 4),
  ...size,
  /** How many look at it now. */
  attached: z.int().min(0),
  /** When it is ended for want of anybody who looks at it. */
  ends_at: timeText.optional(),
  /** It has ended already, and can only be looked at. */
  exit_code: z.int().optional(),
});
export type TerminalSession = z.infer<typeof terminalSessionSchema>;

const byId = z.object({ id: textOf(longest.name).min(1) });
const bySession = byId.extend({ session: sessionId });
/** A parameter of a URL is a text. */
const numberOf = (min: number, max: number) => {
  const whole = z.int().min(min).max(max);
  return z.union([
    whole,
    textOf(16)
      .regex(/^[0-9]+$/)
      .transform(Number)
      .pipe(whole),
  ]);
};
/** Bytes in base64 (RFC 4648, 4). */
const base64 = (bytes: number) => textOf(4 * Math.ceil(bytes / 3)).check(z.base64());

/** For those who have no WebSocket, such as the desktop's window: what goes on one, as events and calls. */
export const terminalEventSchema = z.discriminatedUnion('type', [
  ...hostMessageSchema.options,
  z.object({ type: z.literal('output'), offset, data: base64(outputWindow) }),
]);
export type TerminalEvent = z.infer<typeof terminalEventSchema>;

export const terminalRoutes = {
  list: oc
    .route({
      method: 'GET',
      path: '/api/workspaces/{id}/terminals',
      summary: 'The terminals that are open in a workspace',
    })
    .input(byId)
    .output(listOf(terminalSessionSchema, 1_000)),
  open: oc
    .route({
      method: 'POST',
      path: '/api/workspaces/{id}/terminals',
      successStatus: 201,
      summary: 'Open a terminal: a shell in the workspace, which lives on for a while when nobody looks at it',
    })
    .input(byId.extend(size))
    .output(terminalSessionSchema),
  end: oc
    .route({
      method: 'DELETE',
      path: '/api/workspaces/{id}/terminals/{session}',
      summary: 'End a terminal and what runs in it',
    })
    .input(bySession)
    .output(z.object({ ended: sessionId })),
  follow: oc
    .route({
      method: 'GET',
      path: '/sse/terminal',
      summary: 'What a terminal shows, as Server-Sent Events; the WebSocket is for those who have one',
    })
    .input(
      bySession.extend({
        cols: numberOf(1, largestTerminal.cols),
        rows: numberOf(1, largestTerminal.rows),
        after: numberOf(0, Number.MAX_SAFE_INTEGER).optional(),
      }),
    )
    .output(eventIterator(terminalEventSchema)),
  send: oc
    .route({
      method: 'POST',
      path: '/api/workspaces/{id}/terminals/{session}/messages',
      summary:
        'What is typed into a terminal, how large it is, and how much of its output was taken, by one who follows it',
    })
    .input(
      bySession.extend({
        /** As `attached` says it. */
        attachment: sessionId,
        input: base64(512 * 1024).optional(),
        resize: terminalSizeSchema.optional(),
        ack: offset.optional(),
      }),
    )
    .output(z.object({ sent: z.literal(true) })),
};
