import type { ReadStream, WriteStream } from 'node:tty';
import { GuildNetError } from '#contract/errors.ts';
import { largestTerminal } from '#contract/terminal.ts';
import type { TerminalSize } from '#contract/terminal.ts';
import type { CliContext } from '../context.ts';

/** The terminal that this command was started in, given over to a program elsewhere. */
export interface OwnTerminal {
  readonly size: TerminalSize;
  readonly input: NodeJS.ReadableStream;
  onResize(listener: (size: TerminalSize) => void): void;
  /** As it was before. */
  restore(): void;
}

/** What a program may have left switched on, that was cut off: the other screen, the mouse, bracketed paste, a hidden cursor, colours. */
export const leftovers = '\u001b[?1049l\u001b[?1000;1002;1003;1006l\u001b[?2004l\u001b[?25h\u001b[0m\r\n';

/** Whether there is a terminal on both sides. */
export function hasTerminal({ stdin, stdout }: Pick<CliContext, 'stdin' | 'stdout'>): boolean {
  return stdin.isTTY === true && stdout.isTTY === true;
}

/** Takes the terminal over: every key goes to the program, Ctrl-C included. Throws `bad_request` when there is none. */
export function takeTerminal({ stdin, stdout }: Pick<CliContext, 'stdin' | 'stdout'>): OwnTerminal {
  if (!hasTerminal({ stdin, stdout })) {
    throw new GuildNetError('bad_request', 'A shell needs a terminal, and this command was not started in one.', {
      remedy: 'For a script use "guildnet exec ID -- command".',
    });
  }
  // Of which Node says `isTTY`.
  const [input, output] = [stdin as ReadStream, stdout as WriteStream];
  const sizeNow = (): TerminalSize => ({
    cols: Math.max(1, Math.min(output.columns, largestTerminal.cols)),
    rows: Math.max(1, Math.min(output.rows, largestTerminal.rows)),
  });
  const listeners: (() => void)[] = [];
  input.setRawMode(true);
  return {
    get size() {
      return sizeNow();
    },
    input,
    onResize(listener) {
      const onResize = (): void => listener(sizeNow());
      // Node turns SIGWINCH into it.
      output.on('resize', onResize);
      listeners.push(() => output.off('resize', onResize));
    },
    restore() {
      for (const off of listeners.splice(0)) off();
      input.setRawMode(false);
      input.pause();
    },
  };
}
