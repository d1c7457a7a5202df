import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { followLogsSchema } from '#contract/logs.ts';
import type { FollowLogsQuery } from '#contract/logs.ts';
import type { Entry } from '../logs/entry.ts';
import { positionText } from '../logs/position.ts';
import { invalidRequest, toWireError } from './wire-errors.ts';

export type FollowLogs = (
  query: FollowLogsQuery,
  lastId: string | undefined,
  signal: AbortSignal,
) => Promise<AsyncIterable<readonly Entry[]>>;

const path = '/sse/logs';
/** The specification's: proxies and phones drop connections that say nothing for a minute. */
const heartbeatMs = 20_000;

/** The query of a request for the stream of a log; undefined when it is for something else. */
export function logStreamQuery({ method, url = '' }: IncomingMessage): URLSearchParams | undefined {
  const [asked, ...query] = url.split('?');
  return method === 'GET' && asked === path ? new URLSearchParams(query.join('?')) : undefined;
}

/**
 * `logs.follow` of the contract as Server-Sent Events (https://html.spec.whatwg.org/multipage/server-sent-events.html), many lines to
 * a write: a workspace may print megabytes a second, and checking and writing out each line by itself takes ten times as long.
 * Rejects before anything is sent when there is nothing to follow; later errors are sent as oRPC's `error` event.
 */
export async function answerLogStream(
  request: IncomingMessage,
  response: ServerResponse,
  parameters: URLSearchParams,
  { follow, requestId }: { follow: FollowLogs; requestId: string },
): Promise<void> {
  const query = queryOf(parameters);
  const closing = new AbortController();
  response.once('close', () => closing.abort());
  const { signal } = closing;
  if (response.closed) closing.abort();
  const lastId = request.headers['last-event-id'];
  const batches = await follow(query, typeof lastId === 'string' ? lastId : undefined, signal);
  response.writeHead(200, { 'content-type': 'text/event-stream' });
  // Sent at once: a client waits for it to know that it is connected.
  response.write(': \n\n');
  const heartbeat = setInterval(() => {
    // One that does not read gets nothing more to read.
    if (!response.writableNeedDrain) response.write(': ping\n\n');
  }, heartbeatMs);
  try {
    await pipeline(Readable.from(texts(batches, requestId), { highWaterMark: 1 }), response);
  } catch (error) {
    // A client that leaves is how a stream without an end ends.
    if (!signal.aborted) throw error;
  } finally {
    clearInterval(heartbeat);
  }
}

async function* texts(batches: AsyncIterable<readonly Entry[]>, requestId: string): AsyncGenerator<string, void, void> {
  try {
    for await (const batch of batches) yield batch.map(eventText).join('');
  } catch (error) {
    yield `event: error\ndata: ${JSON.stringify(toWireError(error, requestId).toJSON())}\n\n`;
  }
}

function eventText({ line, position }: Entry): string {
  const id = position === undefined ? '' : `id: ${positionText(position)}\n`;
  return `${id}data: ${JSON.stringify(line)}\n\n`;
}

/** Throws `bad_body` as the contract's other calls do. */
function queryOf(parameters: URLSearchParams): FollowLogsQuery {
  const parsed = followLogsSchema.safeParse(Object.fromEntries(parameters));
  if (parsed.success) return parsed.data;
  throw invalidRequest(parsed.error.issues, { remedy: 'Correct the named parameters.', cause: parsed.error });
}
