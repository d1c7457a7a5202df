import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AnswerHead } from './answer-head.ts';
import { flushHead } from './flush-head.ts';
import type { ResponseHeaders, SentHeaders } from './header-list.ts';
import { checkHttp2Fields } from './http2-fields.ts';

export interface HeadPlace {
  request: IncomingMessage;
  response: ServerResponse;
  /** Makes the workspace's headers fit for the browser. */
  rewrite: (headers: ResponseHeaders) => SentHeaders;
}

/** Sends the head of an answer. Throws for what the client's protocol cannot carry. */
export function sendHead({ request, response, rewrite }: HeadPlace, { status, reason, headers }: AnswerHead): void {
  const sent = rewrite(headers);
  if (request.httpVersionMajor === 2) checkHttp2Fields(sent);
  if (reason !== undefined && request.httpVersionMajor === 1) response.writeHead(status, reason, sent);
  else response.writeHead(status, sent);
  // Otherwise they wait for the first byte of the body: an event stream would not be seen to open.
  if (sent['content-length'] === undefined || request.httpVersionMajor === 2) flushHead(response);
}
