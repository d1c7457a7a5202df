import type { HostMessage, TerminalSize } from '#contract/terminal.ts';
import type { ErrorBody } from '#contract/errors.ts';

export interface TerminalStart extends TerminalSize {
  /** The session to join; undefined for a new one. */
  session: string | undefined;
  /** How much of its output is known. */
  after: number | undefined;
}

export interface TerminalListener {
  message(message: HostMessage): void;
  output(bytes: Uint8Array): void;
  /** The connection has ended, or never came to be; `error` when that is known to stay so. */
  closed(error: ErrorBody | undefined): void;
}

/** One connection to a terminal of a workspace, while it lasts. */
export interface TerminalConnection {
  input(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  ack(offset: number): void;
  close(): void;
}

/** Opens one: over a WebSocket in a browser, by calls in the desktop's window. */
export type ConnectTerminal = (id: string, start: TerminalStart, listener: TerminalListener) => TerminalConnection;
