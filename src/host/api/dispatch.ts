import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { GuildNetError } from '#contract/errors.ts';
import { askedHost } from '../access/host-names.ts';
import type { HostNames } from '../access/host-names.ts';
import { mayCallApi, mayReachWorkspace, mayUsePathForm } from '../access/request-policy.ts';
import type { RequestFacts } from '../access/request-policy.ts';
import type { Log } from '../observability/log.ts';
import { refuseUpgrade, respondWithError } from '../proxy/respond.ts';
import { route } from '../proxy/route.ts';
import type { Route, RouteConfig } from '../proxy/route.ts';
import type { WorkspaceProxy, WorkspaceRoute } from '../proxy/workspace-proxy.ts';
import { answerMetrics } from './metrics-page.ts';
import type { MetricsPage } from './metrics-page.ts';
import { newRequestId } from './request-id.ts';
import type { RestRequest } from './rest.ts';
import type { StaticUi } from './static-ui.ts';

export interface DispatchOptions {
  /** Known once the host listens, since its port may have been chosen for it. */
  names(): HostNames;
  routes(): RouteConfig;
  rest(call: RestRequest): Promise<void>;
  metrics: MetricsPage;
  ui: StaticUi;
  proxy: WorkspaceProxy;
  log: Log;
}

export interface Dispatch {
  request(request: IncomingMessage, response: ServerResponse): Promise<void>;
  upgrade(request: IncomingMessage, socket: Socket, head: Buffer): void;
}

function header(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  return typeof value === 'string' ? value : undefined;
}

function factsOf(request: IncomingMessage, names: HostNames, upgrade: boolean): RequestFacts {
  return {
    method: request.method ?? 'GET',
    host: askedHost(request.headers.host, names),
    origin: header(request, 'origin'),
    fetchSite: header(request, 'sec-fetch-site'),
    fetchMode: header(request, 'sec-fetch-mode'),
    upgrade,
  };
}

/** The front door: asks of each request where it goes and whether it may, then hands it on. */
export function createDispatch({ names, routes, rest, metrics, ui, proxy, log }: DispatchOptions): Dispatch {
  function place(
    request: IncomingMessage,
    upgrade: boolean,
  ): { facts: RequestFacts; routed: Route; frontend: string | undefined } {
    const known = names();
    const facts = factsOf(request, known, upgrade);
    const routed = route({ host: facts.host, url: request.url ?? '/', fetchMode: facts.fetchMode }, routes());
    return { facts, routed, frontend: known.frontendOrigin };
  }

  function refusal(
    routed: WorkspaceRoute,
    facts: RequestFacts,
    frontend: string | undefined,
  ): GuildNetError | undefined {
    const verdict = routed.mode === 'origin' ? mayReachWorkspace(facts) : mayUsePathForm(facts, frontend);
    return verdict.allowed ? undefined : verdict.error;
  }

  async function answer(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const { facts, routed, frontend } = place(request, false);
    switch (routed.kind) {
      case 'error':
        return respondWithError(request, response, routed.error, requestId);
      case 'redirect':
        response.writeHead(307, { location: routed.location, 'cache-control': 'no-store', 'x-request-id': requestId });
        response.end();
        return;
      case 'api': {
        const verdict = mayCallApi(facts, frontend);
        if (!verdict.allowed) return respondWithError(request, response, verdict.error, requestId);
        return rest({ request, response, requestId, corsOrigin: verdict.corsOrigin });
      }
      case 'metrics': {
        const verdict = mayCallApi(facts, frontend);
        if (!verdict.allowed) return respondWithError(request, response, verdict.error, requestId);
        return answerMetrics(request, response, metrics, requestId);
      }
      case 'workspace': {
        const refused = refusal(routed, facts, frontend);
        if (refused !== undefined) return respondWithError(request, response, refused, requestId);
        return proxy.serve(request, response, routed, requestId);
      }
      case 'ui':
        return ui(request, response, requestId);
    }
  }

  return {
    async request(request, response) {
      const requestId = newRequestId();
      const began = performance.now();
      response.once('close', () => {
        const milliseconds = Math.round(performance.now() - began);
        // The path alone: queries carry tokens.
        const path = request.url?.split('?')[0];
        log.debug(
          {
            requestId,
            method: request.method,
            host: request.headers.host,
            path,
            status: response.statusCode,
            milliseconds,
          },
          'request',
        );
      });
      try {
        await answer(request, response, requestId);
      } catch (error) {
        log.error({ requestId, err: error }, 'A request failed inside GuildNet');
        respondWithError(request, response, error, requestId);
      }
    },
    upgrade(request, socket, head) {
      const requestId = newRequestId();
      // A client that goes away in the middle is no event.
      socket.on('error', (error) => log.debug({ requestId, err: error }, 'A socket broke'));
      const { facts, routed, frontend } = place(request, true);
      if (routed.kind === 'error') return refuseUpgrade(request, socket, routed.error, requestId);
      if (routed.kind !== 'workspace') {
        return refuseUpgrade(request, socket, new GuildNetError('not_found', 'There is no WebSocket here.'), requestId);
      }
      const refused = refusal(routed, facts, frontend);
      if (refused !== undefined) return refuseUpgrade(request, socket, refused, requestId);
      return proxy.upgrade(request, socket, head, routed, requestId);
    },
  };
}
