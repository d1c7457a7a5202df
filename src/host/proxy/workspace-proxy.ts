import type { IncomingMessage, ServerResponse } from 'node:http';
import type { GuildNetError } from '#contract/errors.ts';
import { clientAddressOf } from '../access/handed-over.ts';
import type { Log } from '../observability/log.ts';
import type { Credential } from '../sign-in/sign-in-kind.ts';
import type { AssetCache, Beside } from './asset-cache/asset-cache.ts';
import { mayBeKept } from './asset-cache/asset-policy.ts';
import type { AskedHead } from './asset-cache/asset-policy.ts';
import type { AskedPlace } from './asset-cache/kept-entry.ts';
import type { Witness } from './asset-cache/witness.ts';
import { witnessRequest } from './asset-cache/witnessed-head.ts';
import { sendAsset } from './asset-cache/send-asset.ts';
import { Crowd } from './exchange/crowd.ts';
import { forward } from './exchange/forward.ts';
import type { Forwarding } from './exchange/forward.ts';
import { forwardPlainly } from './exchange/forward-plainly.ts';
import type { ResponseHeaders, SentHeaders } from './exchange/header-list.ts';
import { defaultLimits } from './exchange/limits.ts';
import type { ExchangeLimits } from './exchange/limits.ts';
import { upstreamHeaders } from './exchange/request-headers.ts';
import type { ConnectionHeaders } from './exchange/request-headers.ts';
import { framingOf, isRepeatable } from './exchange/request-body.ts';
import { SentBody } from './exchange/sent-body.ts';
import { upgrade } from './exchange/upgrade.ts';
import type { UpgradeClient } from './exchange/upgrade-client.ts';
import { webSocketKey } from './exchange/websocket-key.ts';
import { authorityText } from './forms/ask.ts';
import type { ProxyTarget } from './target.ts';
import { refuseUpgrade, respondWithError } from './respond.ts';
import { withoutCredential } from './response/without-credential.ts';
import { jarOf, rewriteViewOf } from './response/view.ts';
import type { RewriteSite } from './response/view.ts';
import { rewriteResponseHeaders } from './rewrite.ts';
import type { Route } from './route.ts';
import type { ExchangeFacts, ExchangeWatch, Traffic } from './traffic.ts';
import type { Release } from './transport/admission.ts';
import type { PodTunnels } from './transport/tunnel-pool.ts';
import { upstreamError } from './upstream-error.ts';

/** A longer one is a question and no asset. */
const mostKeptPath = 2_048;

export type WorkspaceRoute = Extract<Route, { kind: 'workspace' }>;

export interface Upstream {
  target: ProxyTarget;
  tunnels: PodTunnels;
  /** What the workspace is shown so that it lets the request in. */
  credential?: Credential;
  /** Whose assets may be kept: the workspace's uid, and the digest of the image that it runs. */
  assets?: Pick<AskedPlace, 'workspace' | 'image'> & { witness?: Witness };
}

export interface WorkspaceProxyOptions {
  /** The pod that serves what was asked for now, and the tunnels to it. Throws GuildNetError when there is none. */
  upstream(route: WorkspaceRoute): Upstream | Promise<Upstream>;
  /** Is told of what passes. */
  traffic: Pick<Traffic, 'begin'>;
  site(request: IncomingMessage): RewriteSite;
  log: Log;
  /** Keeps assets; absent: nothing is kept. */
  cache?: AssetCache | undefined;
  limits?: Partial<ExchangeLimits>;
}

/** An exchange that broke before anything of it was answered. */
export interface Broken {
  error: Error;
  target: ProxyTarget;
  /** It asks for nothing to happen, and has no body that would be used up. */
  repeatable: boolean;
  /** What has been read of its body: for another try. */
  sent: SentBody;
  /** What it is answered with when nobody takes it over. */
  explain(): GuildNetError;
}

export interface Attempt {
  /** Asked once. True: who says so sends it again or answers it. */
  takeOver?(broken: Broken): boolean;
  /** Of an earlier try. */
  sent?: SentBody;
}

export interface WorkspaceProxy {
  serve(
    request: IncomingMessage,
    response: ServerResponse,
    route: WorkspaceRoute,
    requestId: string,
    attempt?: Attempt,
  ): Promise<void>;
  /** Resolves when the request is on its way or has been refused; what becomes of it is then the client's stream's. */
  upgrade(
    request: IncomingMessage,
    client: UpgradeClient,
    route: WorkspaceRoute,
    requestId: string,
    attempt?: Attempt,
  ): Promise<void>;
}

function headersFor(
  request: IncomingMessage,
  route: WorkspaceRoute,
  { target, credential }: Upstream,
  { connection, site }: { connection: ConnectionHeaders; site: RewriteSite },
): string[] {
  const { mode, prefix } = route;
  const host = request.headers.host ?? '';
  const clientAddress = clientAddressOf(request.socket);
  const jar = jarOf(route, site);
  const outside = target.kind === 'direct' ? { upstreamHost: authorityText(target) } : {};
  const shown = credential === undefined ? {} : { credential };
  const view = { host, clientAddress, mode, prefix, ...outside, ...shown, ...(jar === undefined ? {} : { jar }) };
  return upstreamHeaders(request.rawHeaders, request.method ?? 'GET', view, connection);
}

/** Whose traffic it is: the workspace's in every form, otherwise the target's. */
function ownerOf({ id }: WorkspaceRoute, target: ProxyTarget): string {
  return target.kind === 'direct' ? id : (target.workspace ?? id);
}

/** Which asset is asked for, where it may be kept. */
function placeOf(
  asked: AskedHead,
  { upstreamPath: path }: WorkspaceRoute,
  { target, assets }: Upstream,
): AskedPlace | undefined {
  if (assets === undefined || path.length > mostKeptPath || !mayBeKept(asked)) return undefined;
  const { workspace, image } = assets;
  return { workspace, image, port: target.port, path };
}

/** Who answers, in messages. */
function whoOf({ ask, id }: WorkspaceRoute): string {
  return ask.kind === 'server' ? `the workspace ${id}` : id;
}

/**
 * Proxies requests and WebSockets to workspaces. Nothing has a total time limit: streams live as long as both ends do. What a
 * workspace says is checked before a byte of it is passed on, and whatever it does ends at most its own exchange.
 */
export function createWorkspaceProxy({
  upstream,
  site,
  traffic,
  log,
  cache,
  ...options
}: WorkspaceProxyOptions): WorkspaceProxy {
  const limits = { ...defaultLimits, ...options.limits };
  const crowd = new Crowd(limits.exchanges);

  /** Counts one exchange until it is over, and lets those who listen hear of it. */
  function begin(id: string, facts: ExchangeFacts): { watch: ExchangeWatch; leave: () => void } {
    const leaveCrowd = crowd.enter(id);
    const watch = traffic.begin(id, facts);
    let over = false;
    return {
      watch,
      leave() {
        if (over) return;
        over = true;
        leaveCrowd();
        watch.end();
      },
    };
  }

  function factsOf(kind: ExchangeFacts['kind'], request: IncomingMessage, route: WorkspaceRoute): ExchangeFacts {
    return { kind, method: request.method ?? 'GET', path: route.upstreamPath, headers: request.headers };
  }

  /** What all answers of one exchange have in common. */
  function handlers(
    route: WorkspaceRoute,
    { target, credential }: Upstream,
    request: IncomingMessage,
    requestId: string,
  ) {
    const view = rewriteViewOf({ headers: request.headers, route, target, site: site(request) });
    return {
      rewrite(headers: ResponseHeaders): SentHeaders {
        const fitted = rewriteResponseHeaders(withoutCredential(headers, credential), view);
        fitted['x-request-id'] = [requestId];
        return fitted;
      },
      explain(error: Error) {
        const shown = upstreamError(error, { id: route.id, who: whoOf(route), port: target.port });
        log.info({ requestId, id: route.id, code: shown.code, err: error }, 'A workspace could not be reached');
        return shown;
      },
      told: (error: Error) => log.debug({ requestId, id: route.id, err: error }, 'An exchange with a workspace broke'),
    };
  }

  /** How the program itself can be asked what it would answer. */
  function besideOf(request: IncomingMessage, route: WorkspaceRoute, to: Upstream): Beside | undefined {
    const witness = to.assets?.witness;
    if (witness === undefined || to.target.scheme !== 'http') return undefined;
    return {
      witness,
      request: () =>
        witnessRequest(
          route.upstreamPath,
          headersFor(request, route, to, { connection: { framing: 'none' }, site: site(request) }),
        ),
    };
  }

  return {
    async serve(request, response, route, requestId, { takeOver, sent = new SentBody() } = {}) {
      try {
        const to = await upstream(route);
        if (response.destroyed) return;
        const { watch, leave } = begin(ownerOf(route, to.target), factsOf('request', request, route));
        const turn: { release?: Release } = {};
        const done = (): void => {
          turn.release?.();
          leave();
        };
        response.once('close', done);
        const asked = { method: request.method ?? 'GET', headers: request.headers };
        const place = cache === undefined ? undefined : placeOf(asked, route, to);
        const kept = place === undefined ? undefined : await cache?.find(place, asked, besideOf(request, route, to));
        if (response.destroyed) {
          kept?.stream?.destroy();
          return;
        }
        if (kept !== undefined) {
          const { rewrite, told } = handlers(route, to, request, requestId);
          sendAsset({ request, response, kept, rewrite, told, watch });
          return;
        }
        turn.release = await to.tunnels.admission.enter();
        if (response.destroyed) {
          turn.release();
          return;
        }
        const framing = framingOf(request);
        const repeatable = isRepeatable(request, framing);
        const expectsContinue = !sent.begun && request.headers.expect?.toLowerCase() === '100-continue';
        const { rewrite, explain, told } = handlers(route, to, request, requestId);
        const { lines } = to.tunnels;
        const isPlain = lines !== undefined && repeatable && framing === 'none' && request.method === 'GET';
        const send = isPlain ? (forwarding: Forwarding) => forwardPlainly(forwarding, lines) : forward;
        send({
          request,
          response,
          path: route.upstreamPath,
          headers: headersFor(request, route, to, {
            connection: { framing, expectContinue: expectsContinue },
            site: site(request),
          }),
          // What may not be sent twice never meets a kept tunnel, which the far end may be closing at this moment.
          agent: repeatable ? to.tunnels.kept : to.tunnels.fresh,
          fresh: repeatable ? to.tunnels.fresh : undefined,
          bodiless: framing === 'none',
          expectsContinue,
          sent,
          rewrite,
          fail(error) {
            const broken = { error, target: to.target, repeatable, sent, explain: () => explain(error) };
            if (takeOver?.(broken) !== true) {
              respondWithError(request, response, explain(error), requestId);
              return false;
            }
            response.removeListener('close', done);
            done();
            return true;
          },
          told,
          keep: place === undefined ? undefined : (head) => cache?.keep(place, asked, head),
          watch,
          limits,
        });
      } catch (error) {
        respondWithError(request, response, error, requestId);
      }
    },
    async upgrade(request, client, route, requestId, { takeOver, sent = new SentBody() } = {}) {
      try {
        const to = await upstream(route);
        if (client.stream.destroyed) return;
        const { watch, leave } = begin(ownerOf(route, to.target), factsOf('socket', request, route));
        const protocol = request.headers.upgrade ?? 'websocket';
        const { key, added } = webSocketKey(request.headers, protocol);
        const { rewrite, explain, told } = handlers(route, to, request, requestId);
        upgrade({
          client,
          protocol,
          key,
          path: route.upstreamPath,
          headers: [
            ...headersFor(request, route, to, {
              connection: { framing: 'none', upgrade: protocol },
              site: site(request),
            }),
            ...added,
          ],
          connect: () => to.tunnels.fresh.createConnection(),
          rewrite,
          fail(error) {
            // A handshake asks for nothing to happen: it is a GET.
            const broken = { error, target: to.target, repeatable: true, sent, explain: () => explain(error) };
            if (takeOver?.(broken) !== true) refuseUpgrade(request, client, explain(error), requestId);
          },
          told,
          done: leave,
          watch,
          limits,
        });
      } catch (error) {
        refuseUpgrade(request, client, error, requestId);
      }
    },
  };
}
