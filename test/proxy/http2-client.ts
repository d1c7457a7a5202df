import { connect } from 'node:http2';
import type { ClientHttp2Session, OutgoingHttpHeaders } from 'node:http2';
import { connect as connectTls } from 'node:tls';
import type { Seen } from './asking.ts';
import type { FrontAddress } from './front.ts';
import type { Outcome } from './raw-client.ts';
import type { ResponseHead } from './strict-response.ts';

export interface Http2Request {
  /** `:authority` and `:scheme` are the session's. */
  headers: OutgoingHttpHeaders;
  body?: string;
  /** It asks for another protocol, by extended CONNECT. */
  upgrade?: boolean;
  /** Milliseconds to wait for the end of the answer (default 5,000). */
  patience?: number;
}

/** A verified connection to a workspace's origin on which both sides speak HTTP/2. */
export interface Http2Client {
  /** Never rejects: however it ends is the outcome. */
  ask(request: Http2Request): Promise<Seen>;
  readonly ended: boolean;
  close(): void;
}

export async function openHttp2(front: FrontAddress): Promise<Http2Client> {
  const session = await openSession(front);
  const shared = { ':authority': front.authority('w'), ':scheme': 'https' };
  return {
    ask: (request) => askStream(session, { ...request, headers: { ...shared, ...request.headers } }),
    get ended() {
      return session.destroyed || session.closed;
    },
    close: () => session.destroy(),
  };
}

async function openSession(front: FrontAddress): Promise<ClientHttp2Session> {
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

function askStream(
  session: ClientHttp2Session,
  { headers, body, upgrade = false, patience = 5_000 }: Http2Request,
): Promise<Seen> {
  const { promise, resolve } = Promise.withResolvers<Seen>();
  const stream = session.request(headers, { endStream: body === undefined && !upgrade });
  const parts: Buffer[] = [];
  let head: ResponseHead | undefined;
  let whole = false;
  const settle = (silent: boolean): void => {
    clearTimeout(timer);
    const bytes = Buffer.concat(parts);
    // RFC 8441, 5: a 200 grants what HTTP/1.1 grants by a 101.
    if (head !== undefined && upgrade && head.status === 200)
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
    if (upgrade && head.status === 200) setImmediate(() => settle(false));
  });
  stream.on('data', (data: Buffer) => parts.push(data));
  stream.once('end', () => {
    whole = head !== undefined;
    stream.end();
  });
  // How it ended is told by `close`.
  stream.on('error', () => stream.close());
  stream.once('close', () => settle(false));
  if (body !== undefined) stream.end(body);
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
