/** One header as it came: its own spelling and place, which `IncomingMessage.headers` loses. */
export type HeaderPair = readonly [name: string, value: string];

/** Header names as lists of values, lower case, without a prototype (`IncomingMessage.headersDistinct`). */
export type ResponseHeaders = Record<string, string[] | undefined>;

/** The pairs of `IncomingMessage.rawHeaders`, without HTTP/2's pseudo headers. */
export function headerPairs(raw: readonly string[]): HeaderPair[] {
  const pairs: HeaderPair[] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) {
    const name = raw[index] ?? '';
    if (!name.startsWith(':')) pairs.push([name, raw[index + 1] ?? '']);
  }
  return pairs;
}

/** The items of a comma-separated header value, trimmed, in lower case. */
export function listed(value: string): string[] {
  return value
    .split(',')
    .map((item) => item.trim().toLowerCase())
    .filter((item) => item !== '');
}

/** RFC 9110, 7.6.1: these speak about one connection and end with it; what `Connection` names does, too. */
export const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
]);

/** The headers of an answer as `writeHead` takes them: none that is not there. Without a prototype. */
export type SentHeaders = Record<string, string[]>;
