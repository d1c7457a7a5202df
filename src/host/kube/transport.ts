import http from 'node:http';
import https from 'node:https';
import type { ClusterAccess } from './access/cluster-access.ts';
import { CredentialError, TransportError } from './transport-error.ts';

/** One request to the API server. `path` begins with a slash and carries its query. */
export interface TransportRequest {
  method: string;
  path: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal | undefined;
  /** How long the server may take to answer with headers. Default 30 s: longer than any admission webhook may take. */
  headersTimeoutMs?: number;
  /** `stream` takes a connection of its own, so that long-lived bodies never hold back short requests. */
  kind?: 'request' | 'stream';
  /**
   * Asked at the last moment, when the connection stands and the bytes are about to go out; the request ends with what it
   * throws. Credentials, a free socket and a TLS handshake may take a while, and what was true before may not be after.
   */
  admit?: (() => void) | undefined;
}

/** One request that came to its end, for metrics. */
export interface RequestSample {
  /** The HTTP method, or WATCH. */
  verb: string;
  /** The HTTP status; undefined when there was no answer. */
  status: number | undefined;
  /** Until the answer's headers, or the failure. */
  seconds: number;
}
export type RequestObserver = (sample: RequestSample) => void;

export interface Transport {
  /** Resolves with the response's headers; the caller reads or destroys the body. Rejects with TransportError or CredentialError. */
  send(request: TransportRequest): Promise<http.IncomingMessage>;
  /** Closes pooled connections. Requests in flight end by their own signal. */
  close(): void;
}

const connectTimeoutMs = 5_000;
const defaultHeadersTimeoutMs = 30_000;
/** With libuv's ten probes, one second apart, a dead peer is noticed 14 s after its last sign of life. */
const tcpKeepAliveMs = 4_000;

/**
 * HTTP/1.1 to the API server over Node's own client. client-node's built-in one makes a new undici agent, and so a new TLS
 * connection, for every request and negotiates HTTP/2, on which the server's proxy paths fail; here connections are
 * pooled and every wait has a limit. Each request asks anew for credentials; one that is answered with 401 is sent once more when
 * others can be had, for nothing was done about it (RFC 9110, section 15.5.2).
 */
export function createTransport(access: ClusterAccess, observe?: RequestObserver): Transport {
  const base = new URL(access.server);
  const secure = base.protocol === 'https:';
  const pool = { keepAlive: true, keepAliveMsecs: tcpKeepAliveMs, maxSockets: 32, maxFreeSockets: 8 };
  const protocol = 'http/1.1';
  const requests = access.agent({ ...pool, purpose: { what: 'requests', protocol } });
  const streams = access.agent({ ...pool, maxSockets: 1024, purpose: { what: 'streams', protocol } });

  /** One connection that broke or fell silent makes the idle ones suspect: they often died with it, unnoticed. */
  const dropIdle = (): void => {
    for (const agent of [requests, streams])
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  };
  let identity = '';
  const sendOnce = async (request: TransportRequest): Promise<{ response: http.IncomingMessage; again: boolean }> => {
    request.signal?.throwIfAborted();
    const prepared = await access.prepare();
    // Who one was before is not to be remembered by connections that nobody will use again.
    if (prepared.options.identity !== identity) dropIdle();
    ({ identity } = prepared.options);
    const headers = { accept: 'application/json', ...prepared.options.headers, ...request.headers };
    const options: https.RequestOptions = {
      ...prepared.options,
      agent: request.kind === 'stream' ? streams : requests,
      method: request.method,
      host: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port === '' ? (secure ? 443 : 80) : Number(base.port),
      path: `${base.pathname.replace(/\/$/, '')}${request.path}`,
      headers: request.body === undefined ? headers : { ...headers, 'content-length': Buffer.byteLength(request.body) },
      signal: request.signal,
    };
    const began = performance.now();
    const verb = /[?&]watch=true(?:&|$)/.test(request.path) ? 'WATCH' : request.method;
    const ended = (status?: number): void => observe?.({ verb, status, seconds: (performance.now() - began) / 1000 });
    try {
      const response = await exchange(secure, options, request);
      ended(response.statusCode);
      response.once('error', dropIdle);
      return { response, again: await prepared.answered(response.statusCode ?? 0) };
    } catch (error) {
      // What its own caller gave up, or what was never sent, says nothing about the server.
      if (error instanceof TransportError) ended();
      dropIdle();
      throw error;
    }
  };
  const send = async (request: TransportRequest): Promise<http.IncomingMessage> => {
    const { response, again } = await sendOnce(request);
    if (!again) return response;
    response.resume();
    return (await sendOnce(request)).response;
  };
  return {
    send,
    close: () => {
      requests.destroy();
      streams.destroy();
    },
  };
}

function exchange(
  secure: boolean,
  options: https.RequestOptions,
  request: TransportRequest,
): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    let timer: NodeJS.Timeout | undefined;
    const fail = (error: unknown): void => {
      clearTimeout(timer);
      reject(request.signal?.aborted === true ? toError(request.signal.reason) : new TransportError(error));
    };
    let outgoing: http.ClientRequest;
    try {
      outgoing = secure ? https.request(options) : http.request(options);
    } catch (error) {
      // Unreadable certificates and keys are thrown here, before a socket exists.
      reject(new CredentialError(error));
      return;
    }
    // A text would be sent together with the headers, whose characters beyond ASCII would then be encoded once more.
    const finish = (): unknown =>
      outgoing.end(request.body === undefined ? undefined : Buffer.from(request.body, 'utf8'));
    const limit = (milliseconds: number, what: 'connect' | 'headers'): void => {
      clearTimeout(timer);
      timer = setTimeout(() => outgoing.destroy(timeoutError(what, milliseconds)), milliseconds);
    };
    limit(connectTimeoutMs, 'connect');
    outgoing.once('socket', (socket) => {
      const connected = (): void => {
        if (outgoing.destroyed) return;
        limit(request.headersTimeoutMs ?? defaultHeadersTimeoutMs, 'headers');
        if (request.admit === undefined) return;
        try {
          request.admit();
          finish();
        } catch (error) {
          clearTimeout(timer);
          outgoing.destroy();
          reject(toError(error));
        }
      };
      if (socket.connecting) socket.once(secure ? 'secureConnect' : 'connect', connected);
      // Node itself has still to finish with a kept socket when it hands it out.
      else process.nextTick(connected);
      socket.setKeepAlive(true, tcpKeepAliveMs);
    });
    outgoing.once('response', (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    outgoing.on('error', fail);
    if (request.admit === undefined) finish();
  });
}

function timeoutError(what: 'connect' | 'headers', milliseconds: number): Error {
  const text = what === 'connect' ? 'no connection' : 'no answer';
  return Object.assign(new Error(`${text} within ${milliseconds / 1000} s`), { code: 'ETIMEDOUT' });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('the request was aborted');
}
