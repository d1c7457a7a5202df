import type { Answered } from './answer-head.ts';

/** A whole answer of the plainest kind. */
export interface PlainAnswer {
  answered: Answered;
  body: Buffer;
  /** For how long its server keeps the connection, in seconds, where it says so. */
  keptSeconds: number | undefined;
}

/** More is no small answer, and no plain one. */
const mostHeadBytes = 8 * 1024;
const mostFields = 64;

const statusLine = /^HTTP\/1\.1 ([2345]\d\d)(?: ([\x20-\x7e]*))?$/;
/** RFC 9110, 5.6.2 and 5.5: a token, and a value that begins and ends with a visible character. */
const fieldLine = /^([!#$%&'*+.^_`|~0-9A-Za-z-]+): ?((?:[\x21-\x7e](?:[\x20-\x7e]*[\x21-\x7e])?)?)$/;
/** What frames an answer, or the connection, in another way than by a length, or gives it to another protocol. */
const elsewhere: ReadonlySet<string> = new Set(['transfer-encoding', 'upgrade', 'trailer', 'proxy-connection']);
/** Answers without a body, whatever length they name (RFC 9112, 6.3), and one that is not passed on. */
const special: ReadonlySet<number> = new Set([204, 205, 304, 407]);

/** What a server says of how long it keeps an unused connection, in seconds (`Keep-Alive: timeout=5`). */
export function keptSecondsOf(value: string | undefined): number | undefined {
  const said = /(?:^|[,\s])timeout=(\d{1,6})(?:$|[,\s])/.exec(value ?? '')?.[1];
  return said === undefined ? undefined : Number(said);
}

/**
 * Reads a whole answer to a GET where nothing about it can be understood in two ways: HTTP/1.1, plain ASCII, lines that end with CRLF, exactly one
 * Content-Length, and exactly so many bytes behind the head. Undefined for everything else, of which Node's parser judges: most of what is
 * fast is this, and all of what is hostile is not.
 */
export function plainAnswer(bytes: Buffer): PlainAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end === -1 || end > mostHeadBytes) return undefined;
  const lines = bytes.toString('latin1', 0, end).split('\r\n');
  const [, status, reason] = statusLine.exec(lines[0] ?? '') ?? [];
  if (status === undefined || lines.length > mostFields || special.has(Number(status))) return undefined;
  const headersDistinct = Object.create(null) as NodeJS.Dict<string[]>;
  for (let index = 1; index < lines.length; index += 1) {
    const [, spelled, value] = fieldLine.exec(lines[index] ?? '') ?? [];
    if (spelled === undefined || value === undefined) return undefined;
    const name = spelled.toLowerCase();
    if (elsewhere.has(name) || (name === 'connection' && value.toLowerCase() !== 'keep-alive')) return undefined;
    const known = headersDistinct[name];
    if (known === undefined) headersDistinct[name] = [value];
    else known.push(value);
  }
  const [length, ...others] = headersDistinct['content-length'] ?? [];
  if (length === undefined || others.length > 0 || !/^(?:0|[1-9]\d{0,8})$/.test(length)) return undefined;
  const at = end + 4;
  if (bytes.length - at !== Number(length)) return undefined;
  return {
    answered: { statusCode: Number(status), statusMessage: reason ?? '', headersDistinct },
    body: bytes.subarray(at),
    keptSeconds: keptSecondsOf(headersDistinct['keep-alive']?.[0]),
  };
}
