/** Header fields as they stood, in order. */
export type Fields = readonly (readonly [name: string, value: string])[];

export interface ResponseHead {
  status: number;
  reason: string;
  fields: Fields;
}

/** What a client that accepts nothing but RFC 9110 and 9112 makes of the bytes that it has received so far. */
export type Reading =
  | { kind: 'incomplete'; interim: ResponseHead[]; head?: ResponseHead; body: Buffer }
  | { kind: 'malformed'; why: string }
  | {
      kind: 'complete';
      interim: ResponseHead[];
      head: ResponseHead;
      body: Buffer;
      trailers: Fields;
      /** Bytes that the answer took: what follows is another's. */
      length: number;
    };

export interface ReadOptions {
  /** The method was HEAD. */
  head?: boolean;
  /** The request asked for another protocol, so a 101 is an answer. */
  upgrade?: boolean;
  /** No more bytes will come. */
  ended: boolean;
}

const statusLine = /^HTTP\/1\.1 ([1-5]\d\d) ([\t\x20-\x7e\x80-\xff]*)$/;
const fieldLine = /^([!#$%&'*+\-.^_`|~0-9A-Za-z]+):([\t\x20-\x7e\x80-\xff]*)$/;
/** RFC 9110, 6.5.1: they would change what has been decided already. */
const notInTrailers = ['content-length', 'transfer-encoding', 'host', 'set-cookie', 'content-encoding', 'trailer'];

class Malformed extends Error {}

export function valuesOf(fields: Fields, name: string): string[] {
  return fields.filter(([each]) => each.toLowerCase() === name).map(([, value]) => value);
}

/** Reads one answer, with any 1xx before it, from the beginning of the bytes. */
export function readResponse(bytes: Buffer, options: ReadOptions): Reading {
  try {
    return read(bytes, options);
  } catch (error) {
    if (error instanceof Malformed) return { kind: 'malformed', why: error.message };
    throw error;
  }
}

function read(bytes: Buffer, options: ReadOptions): Reading {
  const interim: ResponseHead[] = [];
  let at = 0;
  for (;;) {
    const found = readHead(bytes, at);
    if (found === undefined) return { kind: 'incomplete', interim, body: Buffer.alloc(0) };
    const { head } = found;
    at = found.end;
    const final = head.status >= 200 || (head.status === 101 && options.upgrade === true);
    if (head.status === 101 && !final) throw new Malformed('a 101 that nobody asked for');
    checkFraming(head);
    if (final) return readBody(bytes, at, head, interim, options);
    interim.push(head);
  }
}

function readHead(bytes: Buffer, from: number): { head: ResponseHead; end: number } | undefined {
  const end = bytes.indexOf('\r\n\r\n', from, 'latin1');
  if (end === -1) return undefined;
  const [first = '', ...lines] = bytes.toString('latin1', from, end).split('\r\n');
  const [, status, reason = ''] = statusLine.exec(first) ?? [];
  if (status === undefined) throw new Malformed(`the status line ${JSON.stringify(first.slice(0, 80))}`);
  return { head: { status: Number(status), reason, fields: readFields(lines) }, end: end + 4 };
}

function readFields(lines: readonly string[]): Fields {
  return lines.map((line) => {
    const [, name, value] = fieldLine.exec(line) ?? [];
    if (name === undefined || value === undefined)
      throw new Malformed(`the field line ${JSON.stringify(line.slice(0, 80))}`);
    return [name, value.replace(/^[\t ]+|[\t ]+$/g, '')] as const;
  });
}

function checkFraming({ status, fields }: ResponseHead): void {
  const lengths = valuesOf(fields, 'content-length');
  const encodings = valuesOf(fields, 'transfer-encoding');
  if (lengths.length + encodings.length > 1) throw new Malformed('more than one framing');
  if (lengths.some((length) => !/^\d{1,19}$/.test(length))) throw new Malformed(`the length ${lengths.join()}`);
  if (encodings.some((encoding) => encoding !== 'chunked')) throw new Malformed(`the encoding ${encodings.join()}`);
  // RFC 9112, 6.1; RFC 9110, 8.6.
  if ((status < 200 || status === 204) && lengths.length + encodings.length > 0)
    throw new Malformed(`a framing in a ${status}`);
}

function readBody(
  bytes: Buffer,
  from: number,
  head: ResponseHead,
  interim: ResponseHead[],
  options: ReadOptions,
): Reading {
  const complete = (body: Buffer, length: number, trailers: Fields = []): Reading => ({
    kind: 'complete',
    interim,
    head,
    body,
    trailers,
    length,
  });
  const { status, fields } = head;
  if (options.head === true || status === 101 || status === 204 || status === 304)
    return complete(Buffer.alloc(0), from);
  const [length] = valuesOf(fields, 'content-length');
  if (length !== undefined) {
    const end = from + Number(length);
    const body = bytes.subarray(from, end);
    return bytes.length >= end ? complete(body, end) : { kind: 'incomplete', interim, head, body };
  }
  if (valuesOf(fields, 'transfer-encoding').length > 0) {
    const { body, end, trailers } = readChunks(bytes, from);
    return end === undefined ? { kind: 'incomplete', interim, head, body } : complete(body, end, trailers);
  }
  const body = bytes.subarray(from);
  return options.ended ? complete(body, bytes.length) : { kind: 'incomplete', interim, head, body };
}

function readChunks(bytes: Buffer, from: number): { body: Buffer; end?: number; trailers: Fields } {
  const chunks: Buffer[] = [];
  const soFar = () => ({ body: Buffer.concat(chunks), trailers: [] });
  let at = from;
  for (;;) {
    const lineEnd = bytes.indexOf('\r\n', at, 'latin1');
    if (lineEnd === -1) return soFar();
    const line = bytes.toString('latin1', at, lineEnd);
    if (!/^[0-9A-Fa-f]{1,8}$/.test(line)) throw new Malformed(`the chunk size ${JSON.stringify(line.slice(0, 80))}`);
    const size = Number.parseInt(line, 16);
    at = lineEnd + 2;
    if (size === 0) break;
    chunks.push(bytes.subarray(at, at + size));
    if (bytes.length < at + size + 2) return soFar();
    if (bytes.toString('latin1', at + size, at + size + 2) !== '\r\n') throw new Malformed('a chunk without its end');
    at += size + 2;
  }
  if (bytes.toString('latin1', at, at + 2) === '\r\n') return { ...soFar(), end: at + 2 };
  const end = bytes.indexOf('\r\n\r\n', at, 'latin1');
  if (end === -1) return soFar();
  const trailers = readFields(bytes.toString('latin1', at, end).split('\r\n'));
  const forbidden = trailers.find(([name]) => notInTrailers.includes(name.toLowerCase()));
  if (forbidden !== undefined) throw new Malformed(`${forbidden[0]} in the trailers`);
  return { ...soFar(), end: end + 4, trailers };
}
