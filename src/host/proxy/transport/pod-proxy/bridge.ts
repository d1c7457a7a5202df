import { createServer, request as plainRequest } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import { request as secureRequest } from 'node:https';
import { pipeline } from 'node:stream';
import type { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import type { SecureContext } from 'node:tls';
import { GuildNetError } from '#contract/errors.ts';
import type { PortScheme } from '#contract/port-scheme.ts';
import { createAuthority, openAuthority } from '../../../certs/authority.ts';
import type { ClusterAccess } from '../../../kube/access/cluster-access.ts';
import { asError } from '../../as-error.ts';
import { flushHead } from '../../exchange/flush-head.ts';
import { headerPairs } from '../../exchange/header-list.ts';
import { defaultLimits } from '../../exchange/limits.ts';
import type { TunnelTarget } from '../transport.ts';
import { TunnelError } from '../tunnel-error.ts';
import { apiServersWord, mayBeApiServers } from './judge-answer.ts';
import { podProxyHeaders } from './pod-proxy-headers.ts';
import { asAsked, podProxyPrefix, staysBelow, withoutPrefix } from './pod-proxy-path.ts';
import { removing } from './removing.ts';

/** A Status has a few hundred bytes. */
const mostStatus = 16 * 1024;
/** The first byte of a TLS handshake (RFC 8446, 5.1). */
const tlsHandshake = 0x16;

interface Conversation {
  target: TunnelTarget;
  scheme: PortScheme;
  /** Ends the tunnel with what it is to be told. */
  fail(error: Error): void;
}

export interface BridgeListener {
  /** A program's own answer has come. */
  answered(): void;
  /** The cluster does not allow this way to us. */
  denied(): void;
}

interface Passing {
  prefix: string;
  /** A `Location` as the program would have written it to whoever asked. */
  located: (location: string) => string;
  fail: (error: Error) => void;
  on: AnswerListener;
}

interface AnswerListener extends BridgeListener {
  /** The API server does not take our credentials. */
  unauthorized(): void;
}

export interface Bridge {
  /** Serves the far end of a tunnel to a pod's port as the port itself would, by requests to the API server. */
  serve(far: Duplex, target: TunnelTarget, fail: (error: Error) => void): void;
  close(): void;
}

function upgradesAreRefused({ port }: TunnelTarget): GuildNetError {
  return new GuildNetError(
    'unsupported',
    `WebSockets do not get to port ${String(port)}: the cluster lets this host reach pods by the API server's proxy alone, which loses a part of them.`,
    {
      remedy:
        'Allow "get" and "create" on pods/portforward to the user of the kubeconfig, or let the program listen on all addresses (0.0.0.0).',
    },
  );
}

function leadsOut({ port }: TunnelTarget): GuildNetError {
  return new GuildNetError(
    'unsupported',
    `A path with ".." does not get to port ${String(port)}: by the API server's proxy it would lead to something else.`,
    { remedy: 'Ask for the path that is meant, without "..".' },
  );
}

function onlyHttp({ port }: TunnelTarget, cause: Error): GuildNetError {
  return new GuildNetError(
    'unsupported',
    `Only HTTP gets to port ${String(port)}: the cluster lets this host reach pods by the API server's proxy alone.`,
    { remedy: 'Allow "get" and "create" on pods/portforward to the user of the kubeconfig.', cause },
  );
}

/**
 * Turns the bytes of tunnels into requests to the API server's `pods/proxy` subresource: whoever speaks HTTP/1.1 into such a tunnel need not know
 * of it. What is spoken in TLS is taken out of it here; the API server puts it into TLS again.
 */
export function podProxyBridge(access: ClusterAccess, on: BridgeListener): Bridge {
  const conversations = new WeakMap<Duplex, Conversation>();
  const base = new URL(access.server);
  const agent = access.agent({
    keepAlive: true,
    maxSockets: 256,
    purpose: { what: 'pod-proxy', protocol: 'http/1.1' },
  });
  let certificate: Promise<SecureContext> | undefined;

  async function ownCertificate(): Promise<SecureContext> {
    const pair = await openAuthority(await createAuthority()).issue(['localhost']);
    return createSecureContext(pair);
  }

  async function pass(request: IncomingMessage, response: ServerResponse, conversation: Conversation): Promise<void> {
    const { target, scheme, fail } = conversation;
    const prefix = podProxyPrefix(target, scheme);
    const asked = request.url ?? '/';
    if (!staysBelow(asked)) return fail(leadsOut(target));
    const prepared = await access.prepare();
    const { headers: own, ...tls } = prepared.options;
    const outgoing = (base.protocol === 'https:' ? secureRequest : plainRequest)({
      ...tls,
      agent,
      host: base.hostname.replace(/^\[|\]$/g, ''),
      port: base.port === '' ? (base.protocol === 'https:' ? 443 : 80) : Number(base.port),
      method: request.method,
      path: `${base.pathname.replace(/\/$/, '')}${prefix}${asked}`,
      headers: podProxyHeaders(request.rawHeaders, own, base.host),
      maxHeaderSize: defaultLimits.headerBytes,
    });
    outgoing.maxHeadersCount = 0;
    response.once('close', () => outgoing.destroy());
    outgoing.on('error', (error) => {
      if (!response.writableEnded)
        fail(new TunnelError(response.headersSent ? 'lost' : 'offline', error.message, error));
    });
    outgoing.once('response', (answer) => {
      passAnswer(answer, response, {
        located: (location) => asAsked(withoutPrefix(location, prefix), base.hostname, request.headers.host),
        prefix,
        fail,
        on: {
          ...on,
          // Their source is told, so that the next request has others.
          unauthorized: () => void prepared.answered(401).catch((error: unknown) => fail(asError(error))),
        },
      }).catch((error: unknown) => fail(asError(error)));
    });
    pipeline(request, outgoing, (error) => {
      if (error) outgoing.destroy();
    });
  }

  const server: Server = createServer(
    { maxHeaderSize: defaultLimits.headerBytes, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 },
    (request, response) => {
      const conversation = conversations.get(request.socket);
      if (conversation === undefined) {
        response.destroy();
        return;
      }
      pass(request, response, conversation).catch((error: unknown) =>
        conversation.fail(new TunnelError('unauthorized', 'The credentials for the cluster could not be had.', error)),
      );
    },
  );
  server.maxHeadersCount = 0;
  server.on('upgrade', (_request, socket: Duplex) => {
    const conversation = conversations.get(socket);
    conversation?.fail(upgradesAreRefused(conversation.target));
    socket.destroy();
  });
  server.on('clientError', (error, socket: Duplex) => {
    const conversation = conversations.get(socket);
    conversation?.fail(onlyHttp(conversation.target, error));
    socket.destroy();
  });

  function converse(socket: Duplex, conversation: Conversation): void {
    conversations.set(socket, conversation);
    server.emit('connection', socket);
  }

  return {
    serve(far, target, fail) {
      far.on('error', () => far.destroy());
      far.once('readable', () => {
        const first = far.read() as Buffer | null;
        if (first === null || first.length === 0) return;
        far.unshift(first);
        if (first[0] !== tlsHandshake) return converse(far, { target, scheme: 'http', fail });
        certificate ??= ownCertificate();
        certificate
          .then((secureContext) => {
            const secured = new TLSSocket(far, { isServer: true, secureContext });
            secured.on('error', (error: Error) => fail(new TunnelError('lost', error.message, error)));
            converse(secured, { target, scheme: 'https', fail });
          })
          .catch((error: unknown) => fail(asError(error)));
      });
    },
    close: () => agent.destroy(),
  };
}

/** The answer as the workspace gave it, as far as that can be had again; what the API server says itself ends the tunnel. */
async function passAnswer(
  answer: IncomingMessage,
  response: ServerResponse,
  { prefix, located, fail, on }: Passing,
): Promise<void> {
  const { statusCode: status = 502, headers, rawHeaders } = answer;
  const contentType = headers['content-type'] ?? '';
  let early: Buffer | undefined;
  if (mayBeApiServers(status, contentType) && Number(headers['content-length'] ?? '0') <= mostStatus) {
    early = await wholeUpTo(answer, mostStatus);
    const word = apiServersWord(status, early.toString('utf8'));
    if (word?.failure === 'denied') on.denied();
    if (word?.failure === 'unauthorized') on.unauthorized();
    if (word !== undefined) return fail(word);
  }
  on.answered();
  const isPage = /^text\/html\b/i.test(contentType) && (headers['content-encoding'] ?? 'identity') === 'identity';
  const passed: string[] = [];
  for (const [name, value] of headerPairs(rawHeaders)) {
    const lower = name.toLowerCase();
    // The connection to the API server is not the tunnel, and a page's length is another one.
    if (lower === 'connection' || lower === 'keep-alive' || lower === 'transfer-encoding') continue;
    if (isPage && lower === 'content-length') continue;
    passed.push(name, lower === 'location' ? located(value) : value);
  }
  response.writeHead(status, answer.statusMessage, passed);
  flushHead(response);
  const ended = (error: Error | null | undefined): void => {
    if (error) fail(new TunnelError('lost', error.message, error));
  };
  if (early !== undefined) {
    response.write(early);
    if (answer.readableEnded) {
      response.end();
      return;
    }
  }
  if (isPage) pipeline(answer, removing(prefix), response, ended);
  else pipeline(answer, response, ended);
}

/** What comes until its end, or until that many bytes have come; the rest is left in the stream. */
async function wholeUpTo(answer: IncomingMessage, most: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const take = (part: Buffer): void => {
    parts.push(part);
    size += part.length;
    if (size < most) return;
    answer.pause();
    resolve();
  };
  answer.on('data', take);
  answer.once('end', resolve);
  answer.once('error', reject);
  try {
    await promise;
    return Buffer.concat(parts);
  } finally {
    answer.off('data', take);
    answer.off('error', reject);
  }
}
