import type { IncomingMessage, ServerResponse } from 'node:http';
import { errorStatuses, toErrorBody } from '#contract/errors.ts';
import type { ErrorBody, ErrorCode } from '#contract/errors.ts';
import { breakOff } from './exchange/break-off.ts';
import type { UpgradeClient } from './exchange/upgrade-client.ts';
import { failurePage, wantsPage } from './failure-page.ts';
import { asksForState, failureState } from './failure-state.ts';
import { framersOf } from './framers.ts';

function statusOf({ code }: ErrorBody): number {
  return Object.hasOwn(errorStatuses, code) ? errorStatuses[code as ErrorCode] : 500;
}

/** What may be better in a moment. */
const passing = new Set([502, 503, 504]);
const json = { 'content-type': 'application/json', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' };

interface Answer {
  status: number;
  headers: Record<string, string>;
  text: string;
}

function answer(error: unknown, request: IncomingMessage, requestId: string): Answer {
  const body = toErrorBody(error, requestId);
  const status = statusOf(body);
  const state = failureState(body);
  // For whom it will pass: programs wait by it (RFC 9110, 10.2.3).
  const retry = passing.has(status) ? { 'retry-after': String(state.look ?? 10) } : {};
  if (asksForState(request.headers)) {
    return { status, headers: { ...json, ...retry }, text: JSON.stringify({ ready: false, ...state }) };
  }
  if (wantsPage(request.headers)) {
    const page = failurePage(body, { repeatable: request.method === 'GET', framers: framersOf(request) });
    return { status, headers: { ...page.headers, ...retry }, text: page.html };
  }
  return { status, headers: { ...json, ...retry }, text: JSON.stringify(body) };
}

/** Tells our own waiting page that it need not wait any more. */
export function answerReady(response: ServerResponse, requestId: string): void {
  response.writeHead(200, { ...json, 'x-request-id': requestId }).end('{"ready":true}');
}

/** Answers a request with an error: a page for a browser's navigation, `{code, message, …}` for programs. */
export function respondWithError(
  request: IncomingMessage,
  response: ServerResponse,
  error: unknown,
  requestId: string,
): void {
  if (response.headersSent || response.destroyed) {
    breakOff(response);
    return;
  }
  const { status, headers, text } = answer(error, request, requestId);
  response.writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text), 'x-request-id': requestId });
  response.end(request.method === 'HEAD' ? undefined : text);
}

/** Answers an upgrade with an error. */
export function refuseUpgrade(
  request: IncomingMessage,
  client: UpgradeClient,
  error: unknown,
  requestId: string,
): void {
  if (!client.stream.writable) {
    client.stream.destroy();
    return;
  }
  const { status, headers, text } = answer(error, request, requestId);
  const listed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const length = String(Buffer.byteLength(text));
  client.answer(status, { ...listed, 'content-length': [length], 'x-request-id': [requestId] }).end(text);
}
