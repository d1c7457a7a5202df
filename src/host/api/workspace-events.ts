import type { IncomingMessage, ServerResponse } from 'node:http';
import { withEventMeta } from '@orpc/server';
import { followWorkspacesSchema } from '#contract/workspace-changes.ts';
import type { WorkspaceChange } from '#contract/workspace-changes.ts';
import type { StreamEvent } from '../workspaces/stream/stream-event.ts';
import { errorEvent, leavingOf, sendEvents } from './event-stream.ts';
import { queryIn, streamQuery } from './query-in.ts';
import { toWireError } from './wire-errors.ts';

/** The events of all workspaces behind an id. Rejects where there is no session with a cluster. */
export type FollowWorkspaces = (
  lastId: string | undefined,
  signal: AbortSignal,
) => Promise<AsyncIterable<readonly StreamEvent[]>>;

const path = '/sse/workspaces';
/** Of a long list, so that a slow reader has this much of it waiting in its socket and not all. */
const pieceBytes = 64 << 10;
/** A minute and more in which not one piece was taken. */
const heartbeats = 4;

/** The query of a request for the stream of all workspaces; undefined when it is for something else. */
export function workspaceStreamQuery(request: IncomingMessage): URLSearchParams | undefined {
  return streamQuery(request, path);
}

/**
 * `resources.follow` of the contract as Server-Sent Events, past oRPC: what is sent was written out once for all who read, and is the
 * same memory for each of them. Rejects before anything is sent when there is nothing to follow.
 */
export async function answerWorkspaceStream(
  request: IncomingMessage,
  response: ServerResponse,
  parameters: URLSearchParams,
  { follow, requestId }: { follow: FollowWorkspaces; requestId: string },
): Promise<void> {
  const { after } = queryIn(followWorkspacesSchema, parameters);
  const leaving = leavingOf(response);
  const lastId = request.headers['last-event-id'];
  const batches = await follow(typeof lastId === 'string' ? lastId : after, leaving);
  await sendEvents(response, pieces(batches, requestId), { leaving, heartbeats });
}

async function* pieces(
  batches: AsyncIterable<readonly StreamEvent[]>,
  requestId: string,
): AsyncGenerator<Uint8Array | string, void, void> {
  try {
    for await (const batch of batches)
      for (const event of batch) {
        const bytes = event.bytes();
        for (let at = 0; at < bytes.length; at += pieceBytes) yield bytes.subarray(at, at + pieceBytes);
      }
  } catch (error) {
    yield errorEvent(error, requestId);
  }
}

/** The same as events of the contract, for the faces that have no bytes. What goes wrong in the middle travels as every other error. */
export async function* workspaceEvents(
  batches: AsyncIterable<readonly StreamEvent[]>,
  requestId: string,
): AsyncGenerator<WorkspaceChange, void, void> {
  try {
    for await (const batch of batches)
      for (const { id, change } of batch) yield id === undefined ? change : withEventMeta({ ...change }, { id });
  } catch (error) {
    throw toWireError(error, requestId);
  }
}
