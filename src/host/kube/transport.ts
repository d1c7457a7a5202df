import http from 'node:http';
import https from 'node:https';
import type { KubeConfig } from '@kubernetes/client-node';
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
/** Exec plugins may ask a person to log in, but a request that waits for one for ever is a hang. */
const credentialTimeoutMs = 30_000;
/** With libuv's ten probes, one second apart, a dead peer is noticed 14 s after its last sign of life. */
const tcpKeepAliveMs = 4_000;

/**
 * HTTP/1.1 to the API server over Node's own client. client-node's built-in one makes a new undici agent, and so a new TLS
 * connection, for every request and negotiates HTTP/2, on which the server's proxy paths fail; here connections are
 * pooled and every wait has a limit. Credentials still come from client-node, for each request anew.
 */
export function createTransport(config: KubeConfig, observe?: RequestObserver): Transport {
  const cluster = config.getCurrentCluster();
  if (cluster === null) throw new Error('the kubeconfig has no current cluster');
  const base = new URL(cluster.server);
  const secure = base.protocol === 'https:';
  const pool = { keepAlive: true, keepAliveMsecs: tcpKeepAliveMs, maxSockets: 32, maxFreeSockets: 8, timeout: 0 };
  const requests = secure ? new https.Agent(pool) : new http.Agent(pool);
  const streams = secure
    ? new https.Agent({ ...pool, maxSockets: 1024 })
    : new http.Agent({ ...pool, maxSockets: 1024 });

  /** One connection that broke or fell silent makes the idle ones suspect: they often died with it, unnoticed. */
  const dropIdle = (): void => {
    for (const agent of [requests, streams])
      for (const sockets of Object.values(agent.freeSockets)) for (const socket of sockets ?? []) socket.destroy();
  };
  const send = async (request: TransportRequest): Promise<http.IncomingMessage> => {
    request.signal?.throwIfAborted();
    const credentials = await withLimit(credentialsFor(config), credentialTimeoutMs);
    const headers = { accept: 'application/json', ...stringHeaders(credentials.headers), ...request.headers };
    const options: https.RequestOptions = {
      ...credentials,
      agent: cluster.proxyUrl === undefined ? (request.kind === 'stream' ? streams : requests) : credentials.agent,
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
      return response;
    } catch (error) {
      // What its own caller gave up, or what was never sent, says nothing about the server.
      if (error instanceof TransportError) ended();
      dropIdle();
      throw error;
    }
  };
  return {
    send,
    close: () => {
      requests.destroy();
      streams.destroy();
    },
  };
}

/** The TLS material and headers that authenticate a request, from wherever the kubeconfig says (files, exec plugin, …). */
async function credentialsFor(config: KubeConfig): Promise<https.RequestOptions> {
  const options: https.RequestOptions = {};
  try {
    await config.applyToHTTPSOptions(options);
  } catch (error) {
    throw new CredentialError(error);
  }
  return options;
}

function stringHeaders(headers: https.RequestOptions['headers']): Record<string, string> {
  if (headers === undefined || Array.isArray(headers)) return {};
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
}

async function withLimit<T>(work: Promise<T>, milliseconds: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(
      () => reject(new CredentialError(new Error(`no answer within ${milliseconds / 1000} s`))),
      milliseconds,
    );
  });
  try {
    return await Promise.race([work, limit]);
  } finally {
    clearTimeout(timer);
  }
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
          outgoing.end(request.body);
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
    if (request.admit === undefined) outgoing.end(request.body);
  });
}

function timeoutError(what: 'connect' | 'headers', milliseconds: number): Error {
  const text = what === 'connect' ? 'no connection' : 'no answer';
  return Object.assign(new Error(`${text} within ${milliseconds / 1000} s`), { code: 'ETIMEDOUT' });
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('the request was aborted');
}
