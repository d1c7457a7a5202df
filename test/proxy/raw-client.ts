import { connect, createSecureContext } from 'node:tls';
import type { SecureContext, TLSSocket } from 'node:tls';
import type { FrontAddress } from './front.ts';
import { readResponse } from './strict-response.ts';
import type { Reading } from './strict-response.ts';

type Unfinished = Omit<Extract<Reading, { kind: 'incomplete' }>, 'kind'>;

/** How a request ended for a client that believes nothing but the standard. */
export type Outcome =
  | Exclude<Reading, { kind: 'incomplete' }>
  /** The connection ended before the answer had. */
  | (Unfinished & { kind: 'broken off' })
  /** Nothing more came in all the time there was. */
  | (Unfinished & { kind: 'silent' });

export interface RawRequest {
  bytes: string | Buffer;
  head?: boolean;
  upgrade?: boolean;
  /** Milliseconds to wait for the end of the answer (default 5,000). */
  patience?: number;
}

export interface RawConnection {
  readonly socket: TLSSocket;
  /** Whether the other end has ended it. */
  readonly ended: boolean;
  /** What has come and belongs to no answer that was read. */
  readonly rest: Buffer;
  /** Sends the bytes and reads one answer, from where the one before ended. */
  ask(request: RawRequest): Promise<Outcome>;
  close(): void;
}

const sessions = new WeakMap<FrontAddress, Buffer>();
const contexts = new WeakMap<FrontAddress, SecureContext>();

/** One for all connections to a host: making it costs more than the rest of the connection. */
function contextOf(front: FrontAddress): SecureContext {
  const known = contexts.get(front) ?? createSecureContext({ ca: front.ca });
  contexts.set(front, known);
  return known;
}

/** A verified TLS connection to a workspace's origin. The session is kept, so that the next one costs less. */
export async function openRaw(front: FrontAddress, id = 'w'): Promise<RawConnection> {
  const session = sessions.get(front);
  const socket = connect({
    port: front.port,
    host: '127.0.0.1',
    servername: `${id}.localhost`,
    secureContext: contextOf(front),
    ALPNProtocols: ['http/1.1'],
    ...(session === undefined ? {} : { session }),
  });
  socket.setNoDelay(true);
  socket.on('session', (fresh: Buffer) => sessions.set(front, fresh));
  await new Promise<void>((resolve, reject) => {
    socket.once('secureConnect', resolve);
    socket.once('error', reject);
  });
  let parts: Buffer[] = [];
  let ended = false;
  let look: () => void = () => undefined;
  // How the connection ends is told by what came before.
  socket.on('error', () => socket.destroy());
  socket.on('data', (data: Buffer) => {
    parts.push(data);
    look();
  });
  for (const event of ['end', 'close'] as const) {
    socket.on(event, () => {
      ended = true;
      look();
    });
  }
  const received = (): Buffer => {
    if (parts.length > 1) parts = [Buffer.concat(parts)];
    return parts[0] ?? Buffer.alloc(0);
  };
  async function ask({ bytes, patience = 5_000, ...request }: RawRequest): Promise<Outcome> {
    const { promise, resolve } = Promise.withResolvers<Outcome>();
    const settle = (over: 'broken off' | 'silent' | undefined): void => {
      const reading = readResponse(received(), { ...request, ended });
      if (reading.kind === 'complete') parts = [received().subarray(reading.length)];
      if (reading.kind !== 'incomplete') resolve(reading);
      else if (over !== undefined) resolve({ ...reading, kind: over });
    };
    look = () => settle(ended ? 'broken off' : undefined);
    const timer = setTimeout(() => settle('silent'), patience);
    if (!ended) socket.write(bytes);
    look();
    const outcome = await promise;
    look = () => undefined;
    clearTimeout(timer);
    return outcome;
  }
  return {
    socket,
    get ended() {
      return ended;
    },
    get rest() {
      return received();
    },
    ask,
    close: () => socket.destroy(),
  };
}

/** For a person: how it ended, the status, and the beginning of the body. */
export function describe(outcome: Outcome): string {
  if (outcome.kind === 'malformed') return `malformed: ${outcome.why}`;
  const head = outcome.head === undefined ? 'no headers' : `${outcome.head.status} ${outcome.head.reason}`;
  return `${outcome.kind}: ${head.slice(0, 80)}, ${JSON.stringify(outcome.body.toString('latin1', 0, 120))}`;
}
