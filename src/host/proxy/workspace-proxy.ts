import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import httpProxy from 'http-proxy';
import type { Log } from '../observability/log.ts';
import type { ProxyTarget } from './resolve.ts';
import { refuseUpgrade, respondWithError } from './respond.ts';
import { rewriteViewOf } from './response/view.ts';
import type { RewriteSite, RewriteView } from './response/view.ts';
import { rewriteJoinedHeaders } from './rewrite.ts';
import type { Route } from './route.ts';
import type { ExchangeWatch, Traffic } from './traffic.ts';
import type { PodTunnels } from './transport/tunnel-pool.ts';
import { prepareUpstreamHeaders } from './upstream-headers.ts';
import { upstreamError } from './upstream-error.ts';

export type WorkspaceRoute = Extract<Route, { kind: 'workspace' }>;

export interface Upstream {
  target: ProxyTarget;
  tunnels: PodTunnels;
}

export interface WorkspaceProxyOptions {
  /** The pod that serves what is asked for now, and the tunnels to it. Throws GuildNetError when there is none. */
  upstream(route: WorkspaceRoute): Upstream;
  /** Is told of what passes. */
  traffic: Traffic;
  site(): RewriteSite;
  log: Log;
}

export interface WorkspaceProxy {
  serve(request: IncomingMessage, response: ServerResponse, route: WorkspaceRoute, requestId: string): Promise<void>;
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer, route: WorkspaceRoute, requestId: string): void;
}

/** Methods that may be sent again when a kept tunnel turns out to have been closed at the far end (RFC 9110, 9.2.2). */
const repeatable = new Set(['GET', 'HEAD', 'OPTIONS']);

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;
}

/**
 * http-proxy parses and normalises the path that it sends (`/a/../b`, a lone `?`). It starts from this object and
 * assigns `path` to it, so a property that cannot be changed keeps the client's bytes.
 */
function exactPath(path: string): object {
  return {
    get path() {
      return path;
    },
    set path(_normalised: string) {
      // Kept as it is.
    },
  };
}

/** Proxies requests and WebSockets to workspaces. Nothing has a total time limit: streams live as long as both ends do. */
export function createWorkspaceProxy({ upstream, site, traffic, log }: WorkspaceProxyOptions): WorkspaceProxy {
  const proxy = httpProxy.createProxyServer({ ws: true, xfwd: false });
  const views = new WeakMap<IncomingMessage, RewriteView>();
  const outgoing = new WeakMap<IncomingMessage, ClientRequest>();
  /** Upgrades that the workspace has answered: what runs on their sockets since then is the workspace's protocol. */
  const answered = new WeakSet<IncomingMessage>();
  const watches = new WeakMap<IncomingMessage, ExchangeWatch>();

  // Errors go to each call's own callback; what arrives here is a client's socket that broke, which is its own end.
  proxy.on('error', (error) => log.debug({ err: error }, 'A proxied socket broke'));
  proxy.on('proxyReq', (proxyRequest, request) => outgoing.set(request, proxyRequest));
  proxy.on('proxyRes', (proxyResponse, request, response) => {
    const view = views.get(request);
    if (view !== undefined) rewriteJoinedHeaders(proxyResponse.headers, view);
    proxyResponse.on('data', (chunk: Buffer) => watches.get(request)?.fromWorkspace(chunk));
    // They speak of the tunnel, not of the client's connection (RFC 9110, 7.6.1).
    delete proxyResponse.headers.connection;
    delete proxyResponse.headers['keep-alive'];
    // The pipe does not tell the client that the answer broke off; without this it would wait for the rest for ever.
    proxyResponse.once('close', () => {
      if (!proxyResponse.complete) response.destroy();
    });
    // Headers otherwise wait for the first byte of the body: an event stream would not be seen to open.
    if (proxyResponse.headers['content-length'] === undefined) {
      queueMicrotask(() => {
        if (!response.headersSent && !response.destroyed) response.flushHeaders();
      });
    }
  });
  proxy.on('proxyReqWs', (proxyRequest, request) => {
    const rewrite = ({ headers }: IncomingMessage): void => {
      answered.add(request);
      const view = views.get(request);
      if (view !== undefined) rewriteJoinedHeaders(headers, view);
    };
    proxyRequest.on('upgrade', rewrite);
    proxyRequest.on('upgrade', (_response: IncomingMessage, proxySocket: Socket) => {
      const watch = watches.get(request);
      if (watch === undefined) return;
      request.socket.on('data', (chunk: Buffer) => watch.fromClient(chunk));
      proxySocket.on('data', (chunk: Buffer) => watch.fromWorkspace(chunk));
      proxySocket.once('close', () => watch.end());
    });
    proxyRequest.on('response', rewrite);
  });

  function prepare(request: IncomingMessage, route: WorkspaceRoute, upgrade: boolean): Upstream {
    const found = upstream(route);
    const { headers } = request;
    views.set(request, rewriteViewOf({ headers, route, target: found.target, site: site() }));
    prepareUpstreamHeaders(request.headers, {
      host: request.headers.host ?? '',
      clientAddress: request.socket.remoteAddress ?? '',
      mode: route.mode,
      prefix: route.prefix,
      upgrade,
    });
    return found;
  }

  function watched(request: IncomingMessage, route: WorkspaceRoute, kind: 'request' | 'socket'): ExchangeWatch {
    const { method = 'GET', headers } = request;
    return traffic.begin(route.id, { kind, method, path: route.upstreamPath, headers });
  }

  function optionsFor({ target }: Upstream, route: WorkspaceRoute) {
    return {
      // Only scheme and port are of use: the agent knows the pod.
      target: { protocol: `${target.scheme}:`, host: 'localhost', port: target.port },
      ssl: exactPath(route.upstreamPath),
    };
  }

  function forward(
    request: IncomingMessage,
    response: ServerResponse,
    route: WorkspaceRoute,
    to: Upstream,
    requestId: string,
  ): void {
    const options = { ...optionsFor(to, route), agent: to.tunnels.requests, headers: { connection: 'keep-alive' } };
    const fail = (error: Error): void => {
      const stale =
        outgoing.get(request)?.reusedSocket === true && (error as NodeJS.ErrnoException).code === 'ECONNRESET';
      if (
        stale &&
        repeatable.has(request.method ?? '') &&
        !hasBody(request) &&
        !response.headersSent &&
        !response.destroyed
      ) {
        log.debug({ requestId, id: route.id }, 'A kept tunnel had been closed; the request is sent again');
        outgoing.delete(request);
        forward(
          request,
          response,
          route,
          { ...to, tunnels: { ...to.tunnels, requests: to.tunnels.upgrades } },
          requestId,
        );
        return;
      }
      const shown = upstreamError(error, { id: route.id, port: to.target.port });
      log.info({ requestId, id: route.id, code: shown.code, err: error }, 'A workspace could not be reached');
      respondWithError(request, response, shown, requestId);
    };
    proxy.web(request, response, options, fail);
  }

  return {
    async serve(request, response, route, requestId) {
      try {
        response.setHeader('x-request-id', requestId);
        const to = prepare(request, route, false);
        const release = await to.tunnels.admission.enter();
        response.once('close', release);
        if (response.destroyed) return release();
        const watch = watched(request, route, 'request');
        request.on('data', (chunk: Buffer) => watch.fromClient(chunk));
        watches.set(request, watch);
        response.once('close', () => watch.end());
        forward(request, response, route, to, requestId);
      } catch (error) {
        respondWithError(request, response, error, requestId);
      }
    },
    upgrade(request, socket, head, route, requestId) {
      try {
        const to = prepare(request, route, true);
        watches.set(request, watched(request, route, 'socket'));
        proxy.ws(request, socket, head, { ...optionsFor(to, route), agent: to.tunnels.upgrades }, (error) => {
          const shown = upstreamError(error, { id: route.id, port: to.target.port });
          log.info({ requestId, id: route.id, code: shown.code, err: error }, 'A WebSocket to a workspace broke');
          if (answered.has(request)) socket.destroy();
          else refuseUpgrade(request, socket, shown, requestId);
        });
      } catch (error) {
        refuseUpgrade(request, socket, error, requestId);
      }
    },
  };
}
