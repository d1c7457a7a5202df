import { GuildNetError } from '#contract/errors.ts';
import type { TerminalEvent, TerminalSize } from '#contract/terminal.ts';
import type { TerminalSession } from '../terminal/session.ts';

/**
 * A session as events of the contract, until it ends or `signal` aborts. No more wait to be taken than the session sends ahead of what
 * the client says that it has.
 */
export async function* terminalEvents(
  session: TerminalSession,
  options: { size: TerminalSize; after: number | undefined },
  signal: AbortSignal,
): AsyncGenerator<TerminalEvent, void, void> {
  let events: TerminalEvent[] = [];
  let isOver = false;
  let hasAll = false;
  let wake: () => void = () => undefined;
  const push = (event?: TerminalEvent): void => {
    // Of sizes that nobody has taken yet only the last matters, and there may be any number.
    if (event?.type === 'size' && events.at(-1)?.type === 'size') events.pop();
    if (event !== undefined) events.push(event);
    wake();
  };
  const attachment = session.attach(
    {
      tell: push,
      output: (chunk, offset) => push({ type: 'output', offset, data: chunk.toString('base64') }),
      // What is typed comes in calls, which are short.
      drained: () => undefined,
      close() {
        isOver = true;
        wake();
      },
    },
    options,
  );
  const onAbort = (): void => wake();
  signal.addEventListener('abort', onAbort);
  try {
    while (!signal.aborted) {
      const ready = events;
      events = [];
      yield* ready;
      if (events.length > 0) continue;
      if (isOver) {
        hasAll = true;
        return;
      }
      const { promise, resolve } = Promise.withResolvers<void>();
      wake = resolve;
      if (!signal.aborted) await promise;
    }
  } finally {
    signal.removeEventListener('abort', onAbort);
    attachment.detach(hasAll);
  }
}

/** Does what a call of one who follows the session says. Throws `not_found` when nobody of that name follows it any more. */
export function sendToTerminal(
  session: TerminalSession,
  sent: {
    attachment: string;
    input?: string | undefined;
    resize?: TerminalSize | undefined;
    ack?: number | undefined;
  },
): void {
  const attachment = session.attachment(sent.attachment);
  if (attachment === undefined) {
    throw new GuildNetError('not_found', 'Nobody of this name follows the terminal any more.', {
      remedy: 'Follow it again.',
    });
  }
  if (sent.resize !== undefined) attachment.resize(sent.resize);
  if (sent.ack !== undefined) attachment.taken(sent.ack);
  if (sent.input !== undefined) attachment.input(Buffer.from(sent.input, 'base64'));
}
