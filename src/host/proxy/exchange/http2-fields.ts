import type { SentHeaders } from './header-list.ts';
import { BadAnswer } from './no-answer.ts';

/**
 * Bytes of one name or value that HTTP/2's clients take: nghttp2 (curl, Node) answers a longer one with a compression error, which ends
 * the connection and all other streams on it.
 */
const longestField = 65_535;

/** Throws BadAnswer when headers, each in order by itself, may not be sent over HTTP/2. */
export function checkHttp2Fields(headers: SentHeaders): void {
  for (const name in headers) {
    const values = headers[name] ?? [];
    if (name.length > longestField || values.some((value) => value.length > longestField))
      throw new BadAnswer(`Its header ${JSON.stringify(name.slice(0, 40))} is too long for HTTP/2.`);
  }
}
