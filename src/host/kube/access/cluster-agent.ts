import http from 'node:http';
import https from 'node:https';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import type { ConnectionOptions } from 'node:tls';
import { callbackify } from 'node:util';
import type { ConnectionPurpose, ConnectionRegister } from './connection-register.ts';
import type { Line } from './line.ts';
import { ProxyError } from './proxied-socket.ts';

export interface PoolOptions {
  keepAlive: boolean;
  keepAliveMsecs?: number;
  maxSockets?: number;
  maxFreeSockets?: number;
  /** What its connections are for, for the register of them. */
  purpose: ConnectionPurpose;
}

/** Is told of each connection that is made. */
type Tell = (socket: Duplex) => void;

export type ClusterAgent = http.Agent;

type Done = (error: Error | null, socket: Duplex) => void;
type Wanted = https.RequestOptions & Pick<ConnectionOptions, 'secureContext'> & { identity?: string };

/** How long a handshake behind a proxy may take, in milliseconds; whoever waits for it has given up before. */
const handshakeMs = 10_000;

/** Keeps connections apart whose TLS material differs, which Node does not see in a secure context, and makes them by a line. */
class SecureAgent extends https.Agent {
  readonly #lay: Line | undefined;
  readonly #tell: Tell;

  constructor(pool: http.AgentOptions, lay: Line | undefined, tell: Tell) {
    super(pool);
    this.#lay = lay;
    this.#tell = tell;
  }

  override getName(options?: Wanted): string {
    return `${super.getName(options)}:${options?.identity ?? ''}`;
  }

  override createConnection(options: Wanted, done?: Done): Duplex | null | undefined {
    const lay = this.#lay;
    if (lay === undefined) return told(super.createConnection(options, done), this.#tell);
    const own = () => super.createConnection(options);
    settle(securedBy(lay, options), own, this.#tell, done);
    return undefined;
  }
}

class PlainAgent extends http.Agent {
  readonly #lay: Line | undefined;
  readonly #tell: Tell;

  constructor(pool: http.AgentOptions, lay: Line | undefined, tell: Tell) {
    super(pool);
    this.#lay = lay;
    this.#tell = tell;
  }

  override createConnection(options: http.ClientRequestArgs, done?: Done): Duplex | null | undefined {
    const lay = this.#lay;
    if (lay === undefined) return told(super.createConnection(options, done), this.#tell);
    const own = () => super.createConnection(options);
    settle(lay(options.host ?? '', Number(options.port ?? 80), {}), own, this.#tell, done);
    return undefined;
  }
}

export interface ClusterAgentOptions {
  secure: boolean;
  /** What makes connections, where this computer's own network does not. */
  lay: Line | undefined;
  register: ConnectionRegister;
}

/** An agent for the API server's connections, all of which are made by the line where there is one, and stand in the register. */
export function clusterAgent({ secure, lay, register }: ClusterAgentOptions, pool: PoolOptions): ClusterAgent {
  const { purpose, ...options } = pool;
  const tell: Tell = (socket) => register.add(socket, purpose);
  return secure ? new SecureAgent(options, lay, tell) : new PlainAgent(options, lay, tell);
}

function told(socket: Duplex | null | undefined, tell: Tell): Duplex | null | undefined {
  if (socket !== null && socket !== undefined) tell(socket);
  return socket;
}

/** Resolves when the TLS handshake with the server at the line's end is over: then the connection is as good as one without. */
async function securedBy(lay: Line, options: Wanted): Promise<Duplex | undefined> {
  const host = options.host ?? '';
  const { secureContext, rejectUnauthorized } = options;
  const trust = { ...(secureContext === undefined ? {} : { secureContext }), rejectUnauthorized };
  const socket = await lay(host, Number(options.port ?? 443), trust);
  if (socket === undefined) return undefined;
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  // Node's own agent has put the server's name there, as SNI wants it.
  const secured = connectTls({ ...(options as ConnectionOptions), socket, host });
  const timer = setTimeout(() => {
    secured.destroy(new ProxyError('the server behind the proxy or the tailnet did not answer'));
  }, handshakeMs);
  secured.once('error', reject);
  secured.once('secureConnect', () => {
    secured.off('error', reject);
    resolve(secured);
  });
  try {
    return await promise;
  } finally {
    clearTimeout(timer);
  }
}

/** Node's agents want to be called back, and look at no socket beside an error. `own`: by this computer's network. */
function settle(
  making: Promise<Duplex | undefined>,
  own: () => Duplex | null | undefined,
  tell: Tell,
  done: Done | undefined,
): void {
  callbackify(async () => {
    const socket = (await making) ?? own();
    if (socket === null || socket === undefined) throw new ProxyError('no connection was made');
    tell(socket);
    return socket;
  })((error, socket) => done?.(error, socket));
}
