import { validateHeaderName, validateHeaderValue } from 'node:http';
import { hopByHop, listed } from './header-list.ts';
import type { ResponseHeaders } from './header-list.ts';
import { keepSingleValues } from './single-values.ts';

/** What a workspace answered, as Node's parser hands it out. */
export interface Answered {
  statusCode?: number | undefined;
  statusMessage?: string | undefined;
  headersDistinct: Readonly<NodeJS.Dict<string[]>>;
}

export interface AnswerHead {
  status: number;
  /** The workspace's own words for the status, where they can be said. HTTP/2 has none. */
  reason: string | undefined;
  /** A copy, to be rewritten. Without framing: `content-length` only where there is one that the client may have. */
  headers: ResponseHeaders;
}

const reasonPhrase = /^[\t\x20-\x7e\x80-\xff]{1,200}$/;

function isValid(name: string, values: readonly string[]): boolean {
  try {
    validateHeaderName(name);
    for (const value of values) validateHeaderValue(name, value);
    return true;
  } catch {
    // The parser let through what may not be sent on; how it is wrong makes no difference.
    return false;
  }
}

/**
 * The head of a workspace's answer as it may be sent to the client, or in words why it may not. The workspace is hostile until
 * checked: status (RFC 9110, 15), reason, framing (RFC 9112, 6) and hop-by-hop names (RFC 9110, 7.6.1) are ours.
 */
export function answerHead({ statusCode, statusMessage, headersDistinct }: Answered): AnswerHead | string {
  const status = statusCode ?? 0;
  if (status === 101) return 'It changed the protocol without being asked to.';
  if (status < 200 || status > 599) return `Its status ${String(status)} is none.`;
  // It speaks of credentials for a proxy, and this proxy asks for them in its own name.
  if (status === 407) return 'It asked for the credentials of a proxy.';
  const codings = (headersDistinct['transfer-encoding'] ?? []).flatMap(listed);
  // The parser takes the chunks off; what else was done to the body could not be told to the client any more.
  if (codings.some((coding) => coding !== 'chunked' && coding !== 'identity') || codings.length > 1)
    return 'Its body is coded for the transfer in a way that is not known here.';
  const named = new Set((headersDistinct['connection'] ?? []).flatMap(listed));
  const headers = Object.create(null) as ResponseHeaders;
  for (const [name, values = []] of Object.entries(headersDistinct)) {
    if (hopByHop.has(name) || (named.has(name) && name !== 'set-cookie')) continue;
    if (!isValid(name, values)) return `Its header ${JSON.stringify(name.slice(0, 40))} is malformed.`;
    headers[name] = [...values];
  }
  const lengths = new Set(headers['content-length'] ?? []);
  if (lengths.size > 1) return 'It gave two lengths for one answer.';
  const [length] = lengths;
  if (length !== undefined && !/^\d{1,15}$/.test(length)) return 'Its length is no number.';
  // A chunked answer's length is what its chunks say; 204 and 205 have none (RFC 9110, 8.6 and 15.3.6).
  if (codings.length > 0 || status === 204 || status === 205) {
    delete headers['content-length'];
  } else if (length !== undefined) headers['content-length'] = [length];
  const contradiction = keepSingleValues(headers);
  if (contradiction !== undefined) return contradiction;
  const reason = statusMessage !== undefined && reasonPhrase.test(statusMessage) ? statusMessage : undefined;
  return { status, reason, headers };
}
