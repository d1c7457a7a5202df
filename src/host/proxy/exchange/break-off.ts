import type { ServerResponse } from 'node:http';
import { constants } from 'node:http2';
import type { ServerHttp2Stream } from 'node:http2';

/**
 * Ends an answer that is not whole so that the client sees that it is not: with HTTP/1.1 by the end of the connection, with HTTP/2 by a
 * reset. (Destroying a stream of Node's alone ends it in order, and half of a file passes for all of it.)
 */
export function breakOff(response: ServerResponse): void {
  const { stream } = response as { stream?: ServerHttp2Stream };
  if (stream !== undefined && !stream.closed && !stream.writableFinished)
    stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  response.destroy();
}
