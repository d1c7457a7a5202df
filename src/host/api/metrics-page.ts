import type { IncomingMessage, ServerResponse } from 'node:http';
import { respondWithError } from '../proxy/respond.ts';
import { noSuchCall } from './no-such-call.ts';

/** The metrics as a text that Prometheus reads. */
export interface MetricsPage {
  readonly contentType: string;
  text(): Promise<string>;
}

/** Answers `GET /metrics`. Whether the caller may is asked before. */
export async function answerMetrics(
  request: IncomingMessage,
  response: ServerResponse,
  page: MetricsPage,
  requestId: string,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    return respondWithError(request, response, noSuchCall(request, response, ['GET', 'HEAD']), requestId);
  }
  const text = await page.text();
  response.writeHead(200, {
    'content-type': page.contentType,
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
  });
  response.end(request.method === 'HEAD' ? undefined : text);
}
