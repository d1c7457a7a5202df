import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Writable } from 'node:stream';
import { breakOff } from '../exchange/break-off.ts';
import type { ResponseHeaders, SentHeaders } from '../exchange/header-list.ts';
import { relay } from '../exchange/relay.ts';
import { sendHead } from '../exchange/send-head.ts';
import type { ExchangeWatch } from '../traffic.ts';
import type { FoundAsset } from './asset-cache.ts';

export interface AssetAnswer {
  request: IncomingMessage;
  response: ServerResponse;
  kept: FoundAsset;
  /** Makes the workspace's headers fit for the browser, as if they came from it now. */
  rewrite: (headers: ResponseHeaders) => SentHeaders;
  told: (error: Error) => void;
  watch: ExchangeWatch;
}

/** Answers a request with what is kept, and says so (RFC 9111, 5.1; RFC 9211). */
export function sendAsset({ request, response, kept, rewrite, told, watch }: AssetAnswer): void {
  const { entry, age, stream } = kept;
  const headers = Object.create(null) as ResponseHeaders;
  for (const [name, values] of Object.entries(entry.headers)) headers[name] = [...values];
  headers['age'] = [String(age)];
  headers['cache-status'] = ['guildnet; hit'];
  if (stream === undefined) delete headers['content-length'];
  else headers['content-length'] = [String(entry.size)];
  // It has no body, and whatever a client sends of one is none of the asset's business.
  request.resume();
  // The end that follows says it, too.
  stream?.on('error', told);
  try {
    const head = { status: stream === undefined ? 304 : 200, reason: undefined, headers };
    sendHead({ request, response, rewrite }, head);
  } catch (error) {
    stream?.destroy();
    throw error;
  }
  if (stream === undefined) {
    response.end();
    return;
  }
  const { stream: http2 } = response as { stream?: Writable };
  relay(stream, http2 ?? response, {
    passes: (chunk) => watch.fromWorkspace(chunk),
    ends: () => undefined,
    breaks(error) {
      told(error);
      breakOff(response);
    },
  });
}
