import type { TerminalSize } from '#contract/terminal.ts';
import type { ErrorBody } from '#contract/errors.ts';
import { retryDelayMs } from '../state/retry-delay.ts';
import type { ConnectTerminal, TerminalConnection } from './terminal-connection.ts';

/** What shows a terminal. `taken` is called when it has been shown. */
export interface TerminalSurface {
  readonly size: TerminalSize;
  /** `isReplayed`: it is from earlier, so that questions in it have been answered. */
  write(bytes: Uint8Array, isReplayed: boolean, taken: () => void): void;
  /** In place of all that there is. */
  replace(screen: string, taken: () => void): void;
  /** Somebody else has changed the size. */
  resize(size: TerminalSize): void;
}

/** How it fares, as the page says it. */
export type TerminalState =
  | { kind: 'connecting' }
  | { kind: 'live' }
  | { kind: 'broken' }
  | { kind: 'exited'; code: number }
  | { kind: 'failed'; error: ErrorBody };

export interface FollowTerminalOptions {
  id: string;
  /** The session to join; undefined for a new one. */
  session: string | undefined;
  connect: ConnectTerminal;
  surface: TerminalSurface;
  onSession(session: string): void;
  onState(state: TerminalState): void;
  random?: () => number;
}

export interface TerminalFollowing {
  input(bytes: Uint8Array): void;
  resize(size: TerminalSize): void;
  /** Connects again now instead of when the pause is over. */
  reconnect(): void;
  stop(): void;
}

/** Output that is not yet told to be taken, in bytes; a quarter of what the host sends ahead. */
const ackEvery = 64 * 1024;
/** Refusals that another try may not meet. */
const passing: ReadonlySet<string> = new Set(['no_cluster', 'cluster_offline', 'internal', 'timeout']);

/** Keeps a terminal joined to its session until it ends or is stopped; a connection that breaks is come back to at the byte where it was. */
export function followTerminal(options: FollowTerminalOptions): TerminalFollowing {
  const { id, connect, surface, onState, random = Math.random } = options;
  let { session } = options;
  let offset: number | undefined;
  let live = 0;
  let acked = 0;
  let failures = 0;
  let isOver = false;
  let connection: TerminalConnection | undefined;
  let retrying: ReturnType<typeof setTimeout> | undefined;

  const taken = (at: number, isUrgent: boolean): void => {
    if (at - acked < ackEvery && !isUrgent) return;
    acked = Math.max(acked, at);
    connection?.ack(acked);
  };

  function end(state: TerminalState): void {
    isOver = true;
    clearTimeout(retrying);
    connection?.close();
    connection = undefined;
    onState(state);
  }

  function refused(error: ErrorBody): void {
    if (!passing.has(error.code)) end({ kind: 'failed', error });
    else again();
  }

  function again(): void {
    connection?.close();
    connection = undefined;
    failures += 1;
    onState({ kind: 'broken' });
    clearTimeout(retrying);
    retrying = setTimeout(begin, retryDelayMs(failures, random()));
  }

  function begin(): void {
    clearTimeout(retrying);
    if (isOver || connection !== undefined) return;
    connection = connect(
      id,
      { ...surface.size, session, after: offset },
      {
        message(message) {
          if (isOver) return;
          switch (message.type) {
            case 'attached':
              ({ session, offset, live } = message);
              acked = message.offset;
              failures = 0;
              options.onSession(message.session);
              return onState({ kind: 'live' });
            case 'screen': {
              const at = message.offset;
              offset = at;
              return surface.replace(message.data, () => taken(at, true));
            }
            case 'size':
              return surface.resize({ cols: message.cols, rows: message.rows });
            case 'exited':
              return end({ kind: 'exited', code: message.code });
            case 'failed':
              return refused(message.error);
            case 'started':
          }
        },
        output(bytes) {
          if (isOver) return;
          const isReplayed = (offset ?? 0) < live;
          const at = (offset ?? 0) + bytes.length;
          offset = at;
          surface.write(bytes, isReplayed, () => taken(at, false));
        },
        closed(error) {
          connection = undefined;
          if (isOver) return;
          if (error === undefined) again();
          else refused(error);
        },
      },
    );
  }

  onState({ kind: 'connecting' });
  begin();
  return {
    input: (bytes) => connection?.input(bytes),
    resize: (size) => connection?.resize(size),
    reconnect: begin,
    stop() {
      isOver = true;
      clearTimeout(retrying);
      connection?.close();
      connection = undefined;
    },
  };
}
