import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { Duplex } from 'node:stream';
import type { ConnectionOptions } from 'node:tls';
import { SocksClient } from 'socks';
import { networkReason } from '../transport-error.ts';

/** How an HTTPS proxy is trusted: as the API server is (Go, http.Transport.TLSClientConfig). */
export type ProxyTls = Pick<ConnectionOptions, 'secureContext' | 'rejectUnauthorized'>;

/** How long a proxy may take until the way through it stands, in milliseconds. */
const patienceMs = 10_000;

/** The way through the proxy does not stand; the message names the proxy, without its credentials. */
export class ProxyError extends Error {
  override readonly name = 'ProxyError';
  /** `EPROXYCERT`: the proxy's own certificate is not trusted. */
  readonly code: 'EPROXY' | 'EPROXYCERT';

  constructor(message: string, cause?: unknown, code: 'EPROXY' | 'EPROXYCERT' = 'EPROXY') {
    super(message, { cause });
    this.code = code;
  }
}

/**
 * A connection to `host`:`port` through an HTTP, HTTPS or SOCKS5 proxy, which looks the name up. Rejects with a ProxyError within ten
 * seconds.
 */
export async function proxiedSocket(proxy: URL, host: string, port: number, tls: ProxyTls = {}): Promise<Duplex> {
  try {
    return await (/^socks5h?:$/.test(proxy.protocol) ? bySocks(proxy, host, port) : byConnect(proxy, host, port, tls));
  } catch (cause) {
    if (cause instanceof ProxyError) throw cause;
    const { message: why, code = '' } = toError(cause);
    const reason = networkReason(code);
    if (reason?.tls === true)
      throw new ProxyError(`the proxy ${proxy.host} cannot be trusted: ${reason.words}`, cause, 'EPROXYCERT');
    throw new ProxyError(`the proxy ${proxy.host} does not lead there: ${reason?.words ?? why}`, cause);
  }
}

function toError(cause: unknown): NodeJS.ErrnoException {
  return cause instanceof Error ? cause : new Error('it does not answer');
}

async function bySocks(proxy: URL, host: string, port: number): Promise<Duplex> {
  const { socket } = await SocksClient.createConnection({
    command: 'connect',
    destination: { host, port },
    timeout: patienceMs,
    set_tcp_nodelay: true,
    proxy: {
      type: 5,
      host: bare(proxy.hostname),
      port: Number(proxy.port || 1080),
      ...(proxy.username === ''
        ? {}
        : { userId: decodeURIComponent(proxy.username), password: decodeURIComponent(proxy.password) }),
    },
  });
  return socket;
}

/** RFC 9110, section 9.3.6. */
function byConnect(proxy: URL, host: string, port: number, tls: ProxyTls): Promise<Duplex> {
  const { promise, resolve, reject } = Promise.withResolvers<Duplex>();
  const secure = proxy.protocol === 'https:';
  const authority = `${host.includes(':') ? `[${host}]` : host}:${String(port)}`;
  const request = (secure ? httpsRequest : httpRequest)({
    host: bare(proxy.hostname),
    port: Number(proxy.port || (secure ? 443 : 80)),
    method: 'CONNECT',
    path: authority,
    agent: false,
    ...(secure ? { ...tls, servername: isIP(bare(proxy.hostname)) === 0 ? proxy.hostname : '' } : {}),
    headers: { host: authority, ...credentialsOf(proxy) },
  });
  const timer = setTimeout(() => {
    request.destroy(new ProxyError(`the proxy ${proxy.host} did not answer within ${String(patienceMs / 1000)} s`));
  }, patienceMs);
  request.once('connect', ({ statusCode = 0 }, socket, head) => {
    clearTimeout(timer);
    if (statusCode >= 200 && statusCode < 300) {
      if (head.length > 0) socket.unshift(head);
      resolve(socket);
      return;
    }
    socket.destroy();
    reject(new ProxyError(`the proxy ${proxy.host} ${refusal(statusCode)}`));
  });
  request.once('error', (error) => {
    clearTimeout(timer);
    reject(error);
  });
  request.end();
  return promise;
}

function credentialsOf({ username, password }: URL): Record<string, string> {
  if (username === '' && password === '') return {};
  const text = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`;
  return { 'proxy-authorization': `Basic ${Buffer.from(text, 'utf8').toString('base64')}` };
}

function refusal(status: number): string {
  return status === 407
    ? 'wants other credentials than it was given (407); they stand before its name, as in http://user:password@proxy:3128'
    : `does not lead there: it answered ${String(status)}`;
}

const bare = (host: string): string => host.replace(/^\[|\]$/g, '');
