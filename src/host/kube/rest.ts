import type { IncomingMessage } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Transport } from './transport.ts';
import { StatusError, TransportError } from './transport-error.ts';

export interface RestOptions {
  query?: Readonly<Record<string, string | number | boolean | undefined>>;
  body?: unknown;
  contentType?: string;
  signal?: AbortSignal | undefined;
  headersTimeoutMs?: number;
  /** Told the time by the server's clock when it answered, to the second, where the answer says it (RFC 9110, `Date`). */
  onDate?: (date: Date) => void;
  /** Asked when the bytes are about to go out; the request ends with what it throws. */
  admit?: (() => void) | undefined;
}

/** JSON over the transport. client-node's typed clients are not used: they say no server-side apply and no raw path, and are 5 MB to be read at each start. */
export interface Rest {
  /** The parsed body of a 2xx answer; a server that is too busy (429) and says for how long is asked again. Rejects with StatusError, TransportError or CredentialError. */
  json(method: string, path: string, options?: RestOptions): Promise<unknown>;
  /** The response of a long-lived GET once its headers say 200; the caller destroys it. */
  stream(path: string, options?: RestOptions): Promise<IncomingMessage>;
}

/** A body that stops arriving is an error too; no JSON answer of the API server pauses this long. */
const bodyIdleMs = 30_000;
/** A busy server is asked again as often as this, as client-go does it. */
const maxTries = 10;
const longestWaitSeconds = 10;

export function createRest(transport: Transport): Rest {
  const send = (
    kind: 'request' | 'stream',
    method: string,
    path: string,
    options: RestOptions,
  ): Promise<IncomingMessage> =>
    transport.send({
      kind,
      method,
      path: withQuery(path, options.query ?? {}),
      signal: options.signal,
      admit: options.admit,
      ...(options.headersTimeoutMs === undefined ? {} : { headersTimeoutMs: options.headersTimeoutMs }),
      ...(options.body === undefined ? {} : { body: JSON.stringify(options.body) }),
      headers: options.body === undefined ? {} : { 'content-type': options.contentType ?? 'application/json' },
    });
  return {
    json: async (method, path, options = {}) => {
      for (let tries = 1; ; tries += 1) {
        const response = await send('request', method, path, options);
        tellDate(response, options.onDate);
        const body = parseBody(await readText(response));
        if (response.statusCode !== undefined && response.statusCode < 300) return body;
        const waitMs = tries < maxTries ? askedToWait(response) : undefined;
        if (waitMs === undefined) throw new StatusError(response.statusCode ?? 0, body);
        await delay(waitMs, undefined, { signal: options.signal });
      }
    },
    stream: async (path, options = {}) => {
      const response = await send('stream', 'GET', path, options);
      if (response.statusCode === 200) return response;
      throw new StatusError(response.statusCode ?? 0, parseBody(await readText(response)));
    },
  };
}

/**
 * How long the server asks us to wait, in ms, when it was too busy to even look at the request (RFC 6585, section 4; Kubernetes, "API Priority
 * and Fairness"); undefined when it does not, or when nobody would want to wait that long.
 */
function askedToWait({ statusCode, headers }: IncomingMessage): number | undefined {
  const seconds = statusCode === 429 ? Number(headers['retry-after'] ?? 'none') : Number.NaN;
  return seconds >= 0 && seconds <= longestWaitSeconds ? seconds * 1_000 : undefined;
}

function tellDate(response: IncomingMessage, onDate: RestOptions['onDate']): void {
  const time = Date.parse(response.headers.date ?? '');
  if (onDate !== undefined && !Number.isNaN(time)) onDate(new Date(time));
}

/** Reads a whole body; one that pauses for 30 s or breaks off rejects with TransportError. */
export function readText(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const late = Object.assign(new Error(`the answer paused for ${bodyIdleMs / 1000} s`), { code: 'ETIMEDOUT' });
    const timer = setTimeout(() => response.destroy(late), bodyIdleMs);
    response.on('data', (chunk: Buffer) => {
      timer.refresh();
      chunks.push(chunk);
    });
    response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    response.once('error', (error) => reject(new TransportError(error)));
    response.once('close', () => {
      clearTimeout(timer);
      // After `end` this changes nothing; without it the answer was cut off.
      reject(new TransportError(Object.assign(new Error('the answer was cut off'), { code: 'ECONNRESET' })));
    });
  });
}

function parseBody(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Proxies and the server's own early failures answer in plain text: kept as it is for the message.
    return body;
  }
}

function withQuery(path: string, query: NonNullable<RestOptions['query']>): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== undefined) parameters.set(name, String(value));
  const encoded = parameters.toString();
  return encoded === '' ? path : `${path}?${encoded}`;
}
