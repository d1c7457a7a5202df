import type { IncomingMessage, ServerResponse } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import { respondWithError } from '../proxy/respond.ts';

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
    const error = new GuildNetError('not_found', `There is no ${request.method ?? ''} /metrics.`, {
      remedy: 'Metrics are read with GET.',
    });
    return respondWithError(request, response, error, requestId);
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
