import type { Play } from '../hostile-server.ts';

/** One right way for a client to see what a workspace said. */
export type Right =
  /** A whole answer of this status; with `body` exactly that one. */
  | { kind: 'passes'; status: number; body?: string; fields?: Record<string, readonly string[]> }
  /** Our own error instead of it. */
  | { kind: 'refused'; status: number }
  /** The beginning of an answer, and then the end of the connection; never more of a body than this. */
  | { kind: 'broken off'; status: number; body: string }
  /** Nothing but the end of the connection, where headers are all that the workspace said. */
  | { kind: 'cut' }
  /** The connection becomes the workspace's, and these are the first bytes on it. */
  | { kind: 'upgraded'; bytes: string };

/** Something that a workspace may say, in latin1, and what its client may make of it. */
export interface AnswerCase {
  what: string;
  answer: string;
  ask?: 'get' | 'head' | 'post' | 'http/1.0' | 'upgrade';
  /** What follows; the connection ends in order when not given. */
  after?: Play['after'];
  early?: boolean;
  /** One byte after another. */
  drip?: boolean;
  /** Any of them. */
  right: readonly Right[];
  /** The answer is in order, so that the tunnel may serve the next request. */
  keeps?: boolean;
}

export function passes(status = 200, body = 'ok', fields?: Record<string, readonly string[]>): Right {
  return { kind: 'passes', status, body, ...(fields === undefined ? {} : { fields }) };
}

export const refused: Right = { kind: 'refused', status: 502 };

/** The workspace took longer than it may. */
export const tooLate: Right = { kind: 'refused', status: 504 };

export const cut: Right = { kind: 'cut' };

export function brokenOff(body = '', status = 200): Right {
  return { kind: 'broken off', status, body };
}

export const ok = 'HTTP/1.1 200 OK\r\n';
export const two = 'Content-Length: 2\r\n\r\nok';
