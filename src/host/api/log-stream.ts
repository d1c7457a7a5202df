import type { IncomingMessage, ServerResponse } from 'node:http';
import { followLogsSchema } from '#contract/logs.ts';
import type { FollowLogsQuery } from '#contract/logs.ts';
import type { Entry } from '../logs/entry.ts';
import { positionText } from '../logs/position.ts';
import { errorEvent, leavingOf, sendEvents } from './event-stream.ts';
import { queryIn, streamQuery } from './query-in.ts';

export type FollowLogs = (
  query: FollowLogsQuery,
  lastId: string | undefined,
  signal: AbortSignal,
) => Promise<AsyncIterable<readonly Entry[]>>;

const path = '/sse/logs';

/** The query of a request for the stream of a log; undefined when it is for something else. */
export function logStreamQuery(request: IncomingMessage): URLSearchParams | undefined {
  return streamQuery(request, path);
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
  const query = queryIn(followLogsSchema, parameters);
  const leaving = leavingOf(response);
  const lastId = request.headers['last-event-id'];
  const batches = await follow(query, typeof lastId === 'string' ? lastId : undefined, leaving);
  await sendEvents(response, texts(batches, requestId), { leaving });
}

async function* texts(batches: AsyncIterable<readonly Entry[]>, requestId: string): AsyncGenerator<string, void, void> {
  try {
    for await (const batch of batches) yield batch.map(eventText).join('');
  } catch (error) {
    yield errorEvent(error, requestId);
  }
}

function eventText({ line, position }: Entry): string {
  const id = position === undefined ? '' : `id: ${positionText(position)}\n`;
  return `${id}data: ${JSON.stringify(line)}\n\n`;
}
