import type { IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import type { Log } from '../../observability/log.ts';
import { asError } from '../../proxy/as-error.ts';
import { forward } from '../../proxy/exchange/forward.ts';
import type { ResponseHeaders } from '../../proxy/exchange/header-list.ts';
import { defaultLimits } from '../../proxy/exchange/limits.ts';
import { framingOf, isRepeatable } from '../../proxy/exchange/request-body.ts';
import { upstreamHeaders } from '../../proxy/exchange/request-headers.ts';
import type { ConnectionHeaders } from '../../proxy/exchange/request-headers.ts';
import { SentBody } from '../../proxy/exchange/sent-body.ts';
import { upgrade } from '../../proxy/exchange/upgrade.ts';
import type { UpgradeClient } from '../../proxy/exchange/upgrade-client.ts';
import { webSocketKey } from '../../proxy/exchange/websocket-key.ts';
import { refuseUpgrade, respondWithError } from '../../proxy/respond.ts';
import { unwatched } from '../../proxy/traffic.ts';
import { TunnelAgent } from '../../proxy/transport/tunnel-agent.ts';
import type { StaticUi } from '../static-ui.ts';
import { devUiHeaders } from './dev-ui-headers.ts';

export interface DevUiOptions {
  /** `UI_DEV_ORIGIN`: on loopback, so its certificate is not asked about. */
  origin: string;
  /** The Content-Security-Policy of its pages. */
  policy(): string;
  log: Log;
}

export interface DevUi {
  readonly serve: StaticUi;
  /** The WebSocket by which its client hears of changed modules. */
  upgrade(request: IncomingMessage, client: UpgradeClient, requestId: string): void;
  /** Ends its connections. */
  close(): void;
}

/**
 * The UI as a development server has it, at the root of our origin (specification, "Dev UI reverse-proxy"): one secure origin for pages, API and
 * hot reload. It is asked as itself (`Host`), since such servers refuse other names, and is shown no session and no token.
 */
export function createDevUi({ origin, policy, log }: DevUiOptions): DevUi {
  const { hostname, host, port, protocol } = new URL(origin);
  const scheme = protocol === 'https:' ? 'https' : 'http';
  const address = { host: hostname.replace(/^\[|\]$/g, ''), port: Number(port || (scheme === 'https' ? 443 : 80)) };
  const open = () => connect({ ...address, noDelay: true });
  // Vite keeps a connection for 5 s, and a page of hundreds of modules would open as many.
  const kept = new TunnelAgent({ open, scheme, serverName: address.host, keepAlive: true });
  const fresh = new TunnelAgent({ open, scheme, serverName: address.host, keepAlive: false });

  const headersOf = (request: IncomingMessage, connection: ConnectionHeaders): string[] => {
    const clientAddress = request.socket.remoteAddress ?? '';
    const view = {
      host: request.headers.host ?? '',
      upstreamHost: host,
      clientAddress,
      mode: 'path',
      prefix: '/',
    } as const;
    return upstreamHeaders(request.rawHeaders, request.method ?? 'GET', view, connection);
  };
  const answering = (requestId: string) => ({
    rewrite: (headers: ResponseHeaders) => devUiHeaders(headers, { origin, policy: policy(), requestId }),
    told: (error: Error) => log.debug({ requestId, err: error }, 'An exchange with the development server broke'),
    watch: unwatched,
    limits: defaultLimits,
  });

  return {
    serve(request, response, requestId) {
      const framing = framingOf(request);
      const repeatable = isRepeatable(request, framing);
      const sent = new SentBody();
      forward({
        ...answering(requestId),
        request,
        response,
        path: request.url ?? '/',
        headers: headersOf(request, { framing }),
        agent: repeatable ? kept : fresh,
        fresh: repeatable ? fresh : undefined,
        bodiless: framing === 'none',
        expectsContinue: false,
        sent,
        fail(error) {
          respondWithError(request, response, noAnswer(origin, error), requestId);
          return false;
        },
      });
      return Promise.resolve();
    },
    upgrade(request, client, requestId) {
      const protocol = request.headers.upgrade ?? 'websocket';
      const { key, added } = webSocketKey(request.headers, protocol);
      upgrade({
        ...answering(requestId),
        client,
        protocol,
        key,
        path: request.url ?? '/',
        headers: [...headersOf(request, { framing: 'none', upgrade: protocol }), ...added],
        connect: () => fresh.createConnection(),
        fail: (error) => refuseUpgrade(request, client, noAnswer(origin, error), requestId),
        done: () => undefined,
      });
    },
    close() {
      kept.destroy();
      fresh.destroy();
    },
  };
}

function noAnswer(origin: string, error: Error): GuildNetError {
  const { message } = asError(error);
  return new GuildNetError(
    'upstream_failed',
    `The development server of the UI, ${origin}, gave no answer: ${message}.`,
    {
      remedy: 'Start it ("npm run dev" starts both), or unset UI_DEV_ORIGIN to have the built UI.',
      cause: error,
    },
  );
}
