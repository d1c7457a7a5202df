import { connect } from 'node:http2';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import type { AnswerCase } from './answers/answer-case.ts';
import type { Asking, Seen } from './asking.ts';
import type { Front } from './front.ts';
import type { Outcome } from './raw-client.ts';
import type { ResponseHead } from './strict-response.ts';

/** Milliseconds to wait for the end of an answer. */
const patience = 5_000;

/** A client of HTTP/2: what becomes of one of its streams must not be felt by the others on the connection. */
export async function http2Asking(front: Front): Promise<Asking> {
  const session = await openSession(front);
  const shared = { ':authority': front.authority('w'), ':scheme': 'https' };
  return {
    ask: (answer) => askStream(session, { ...shared, ...requestOf(answer) }, answer),
    next: async () => (await askStream(session, { ...shared, ':path': '/well' }, {})).outcome,
    close: () => session.destroy(),
  };
}

async function openSession(front: Front): Promise<ClientHttp2Session> {
  const session = connect(`https://${front.authority('w')}`, {
    // What a browser takes, at least.
    maxHeaderListPairs: 100_000,
    settings: { maxHeaderListSize: 1024 * 1024 },
    createConnection: () =>
      connectTls({
        port: front.port,
        host: '127.0.0.1',
        servername: 'w.localhost',
        ca: front.ca,
        ALPNProtocols: ['h2'],
      }),
  });
  // Extended CONNECT may be used once the other end has said so.
  await new Promise<void>((resolve, reject) => {
    session.once('remoteSettings', () => resolve());
    session.once('error', reject);
  });
  // That the connection has gone is told by the streams on it.
  session.on('error', () => session.destroy());
  return session;
}

function requestOf({ ask = 'get' }: AnswerCase): OutgoingHttpHeaders {
  const path = { ':path': '/case' };
  switch (ask) {
    case 'head':
      return { ...path, ':method': 'HEAD' };
    case 'post':
      return { ...path, ':method': 'POST' };
    case 'upgrade':
      return { ...path, ':method': 'CONNECT', ':protocol': 'websocket', 'sec-websocket-version': '13' };
    case 'get':
    case 'http/1.0':
      return path;
  }
}

/** Never rejects: however it ends is the outcome. */
function askStream(
  session: ClientHttp2Session,
  headers: OutgoingHttpHeaders,
  { ask }: Pick<AnswerCase, 'ask'>,
): Promise<Seen> {
  const { promise, resolve } = Promise.withResolvers<Seen>();
  const stream = session.request(headers, { endStream: ask !== 'post' && ask !== 'upgrade' });
  const parts: Buffer[] = [];
  let head: ResponseHead | undefined;
  let whole = false;
  const settle = (silent: boolean): void => {
    clearTimeout(timer);
    const bytes = Buffer.concat(parts);
    // RFC 8441, 5: a 200 grants what HTTP/1.1 grants by a 101.
    if (head !== undefined && ask === 'upgrade' && head.status === 200)
      resolve({ outcome: completeOf({ ...head, status: 101 }, Buffer.alloc(0)), rest: bytes });
    // Whoever has seen an end believes it, whatever comes after.
    else if (head !== undefined && whole) resolve({ outcome: completeOf(head, bytes), rest: Buffer.alloc(0) });
    else {
      const unfinished = { interim: [], ...(head === undefined ? {} : { head }), body: bytes };
      resolve({ outcome: { kind: silent ? 'silent' : 'broken off', ...unfinished }, rest: Buffer.alloc(0) });
    }
  };
  const timer = setTimeout(() => {
    settle(true);
    stream.destroy();
  }, patience);
  stream.on('response', (_headers, _flags, raw) => {
    head = headOf(raw);
    // An upgrade that is granted has no end of its own.
    if (ask === 'upgrade' && head.status === 200) setImmediate(() => settle(false));
  });
  stream.on('data', (data: Buffer) => parts.push(data));
  stream.once('end', () => {
    whole = head !== undefined;
    stream.end();
  });
  // How it ended is told by `close`.
  stream.on('error', () => stream.close());
  stream.once('close', () => settle(false));
  if (ask === 'post') stream.end('x'.repeat(1_000_000));
  return promise;
}

function headOf(raw: readonly string[]): ResponseHead {
  const fields: [string, string][] = [];
  for (let index = 0; index + 1 < raw.length; index += 2) fields.push([raw[index] ?? '', raw[index + 1] ?? '']);
  const status = fields.find(([name]) => name === ':status')?.[1];
  return { status: Number(status), reason: '', fields: fields.filter(([name]) => !name.startsWith(':')) };
}

function completeOf(head: ResponseHead, body: Buffer): Outcome {
  return { kind: 'complete', interim: [], head, body, trailers: [], length: 0 };
}
