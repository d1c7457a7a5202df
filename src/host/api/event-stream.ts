import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { toWireError } from './wire-errors.ts';

/** The specification's: proxies and phones drop connections that say nothing for a minute. */
const heartbeatMs = 20_000;

/** Whether what is asked for is a stream, which does not end by itself. */
export function isStream({ url = '' }: Pick<IncomingMessage, 'url'>): boolean {
  return /^\/(?:api\/watch(?:\?|$)|sse\/)/.test(url);
}

export type Piece = string | Uint8Array;

/** Aborted when the client has left, or has left already. */
export function leavingOf(response: ServerResponse): AbortSignal {
  const closing = new AbortController();
  response.once('close', () => closing.abort());
  if (response.closed) closing.abort();
  return closing.signal;
}

/**
 * Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html) from pieces of text, at the pace of who reads
 * them, until they end or the reader leaves. `heartbeats`: how many may pass while a piece waits to be taken before the connection is
 * ended, for otherwise somebody who never reads keeps it for ever; without it, that is for whoever makes the pieces to say.
 */
export async function sendEvents(
  response: ServerResponse,
  pieces: AsyncIterable<Piece>,
  { leaving, heartbeats }: { leaving: AbortSignal; heartbeats?: number },
): Promise<void> {
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  // Sent at once: a client waits for it to know that it is connected.
  response.write(': \n\n');
  /** Whether what was sent ends with an event: a beat within one would be part of it. */
  let isWhole = true;
  let isWaiting = false;
  let missed = 0;
  const heartbeat = setInterval(() => {
    if (leaving.aborted) return;
    // One that does not read gets nothing more to read.
    if (isWaiting) {
      if ((missed += 1) === heartbeats) response.destroy();
    } else if (isWhole) response.write(': ping\n\n');
  }, heartbeatMs);
  try {
    for await (const piece of pieces) {
      if (leaving.aborted) return;
      isWhole = endsEvent(piece);
      if (response.write(piece)) continue;
      isWaiting = true;
      await once(response, 'drain', { signal: leaving });
      isWaiting = false;
      missed = 0;
    }
    if (!leaving.aborted) response.end();
  } catch (error) {
    // A client that leaves is how a stream without an end ends.
    if (!leaving.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

function endsEvent(piece: Piece): boolean {
  if (typeof piece === 'string') return piece.endsWith('\n\n');
  return piece.at(-1) === newline && piece.at(-2) === newline;
}
const newline = 10;

/** What goes wrong in the middle, as oRPC's `error` event. */
export function errorEvent(error: unknown, requestId: string): string {
  return `event: error\ndata: ${JSON.stringify(toWireError(error, requestId).toJSON())}\n\n`;
}
