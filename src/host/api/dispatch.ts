import type { IncomingMessage, ServerResponse } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import type { HostNames } from '../access/host-names.ts';
import { createRefusalLog } from '../access/refusal-log.ts';
import { corsOriginOf, mayCallApi, mayReachWorkspace, mayUsePathForm } from '../access/request-policy.ts';
import { requestFacts } from '../access/request-facts.ts';
import type { RequestFacts } from '../access/request-facts.ts';
import type { Log } from '../observability/log.ts';
import { requestProblem } from '../proxy/exchange/request-problem.ts';
import type { UpgradeClient } from '../proxy/exchange/upgrade-client.ts';
import { refuseUpgrade, respondWithError } from '../proxy/respond.ts';
import { route } from '../proxy/route.ts';
import type { Route, RouteConfig } from '../proxy/route.ts';
import type { WorkspaceProxy } from '../proxy/workspace-proxy.ts';
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

/** Neither throws; what goes wrong is answered, or ends the connection that it came by. */
export interface Dispatch {
  request(this: void, request: IncomingMessage, response: ServerResponse): void;
  upgrade(this: void, request: IncomingMessage, client: UpgradeClient): void;
}

/** The front door: asks of each request where it goes and whether it may, then hands it on. */
export function createDispatch({ names, routes, rest, metrics, ui, proxy, log }: DispatchOptions): Dispatch {
  const logRefusal = createRefusalLog(log);

  function place(
    request: IncomingMessage,
    upgrade: boolean,
  ): { facts: RequestFacts; routed: Route; frontend: string | undefined } {
    const known = names();
    const facts = requestFacts({ method: request.method, headers: request.headers, upgrade }, known);
    const routed = route({ host: facts.host, url: request.url ?? '/', fetchMode: facts.fetchMode }, routes());
    return { facts, routed, frontend: known.frontendOrigin };
  }

  /** Why the request may not go where it was routed; a refusal is logged. */
  function refusal(
    request: IncomingMessage,
    { facts, routed, frontend }: ReturnType<typeof place>,
    requestId: string,
  ): GuildNetError | undefined {
    const error = problemOf(routed, facts, frontend);
    const path = request.url?.split('?')[0]?.slice(0, 200) ?? '';
    if (error?.code === 'forbidden') logRefusal({ requestId, path, facts, error });
    return error;
  }

  function problemOf(routed: Route, facts: RequestFacts, frontend: string | undefined): GuildNetError | undefined {
    if (routed.kind === 'error') return routed.error;
    if (routed.kind === 'ui' || routed.kind === 'redirect') return undefined;
    if (routed.kind !== 'workspace') {
      const verdict = mayCallApi(facts, frontend);
      return verdict.allowed ? undefined : verdict.error;
    }
    const sharedOrigin = routes().originMode === 'path';
    const verdict =
      routed.mode === 'origin'
        ? mayReachWorkspace(facts)
        : mayUsePathForm(facts, { frontendOrigin: frontend, sharedOrigin });
    return verdict.allowed ? undefined : verdict.error;
  }

  async function answer(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const problem = requestProblem(request.rawHeaders);
    if (problem !== undefined) {
      // Where it ends is in doubt, and so is whatever follows it.
      response.shouldKeepAlive = false;
      return respondWithError(request, response, problem, requestId);
    }
    const placed = place(request, false);
    const { facts, routed, frontend } = placed;
    const refused = refusal(request, placed, requestId);
    if (refused !== undefined) return respondWithError(request, response, refused, requestId);
    // A workspace is asked itself whether it wants the body.
    if (request.headers.expect !== undefined && routed.kind !== 'workspace') response.writeContinue();
    switch (routed.kind) {
      case 'error':
        return respondWithError(request, response, routed.error, requestId);
      case 'redirect':
        response.writeHead(307, { location: routed.location, 'cache-control': 'no-store', 'x-request-id': requestId });
        response.end();
        return;
      case 'api':
        return rest({ request, response, requestId, corsOrigin: corsOriginOf(facts, frontend) });
      case 'metrics':
        return answerMetrics(request, response, metrics, requestId);
      case 'workspace':
        return proxy.serve(request, response, routed, requestId);
      case 'ui':
        return ui(request, response, requestId);
    }
  }

  async function request(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const requestId = newRequestId();
    const began = performance.now();
    response.once('close', () => {
      const milliseconds = Math.round(performance.now() - began);
      // The path alone: queries carry tokens.
      const path = request.url?.split('?')[0];
      const { method } = request;
      const status = response.statusCode;
      log.debug({ requestId, method, host: request.headers.host, path, status, milliseconds }, 'request');
    });
    // A client that goes away in the middle is no event.
    const broke = (error: Error): void => log.debug({ requestId, err: error }, 'A client broke off');
    request.on('error', broke);
    response.on('error', broke);
    // Everyone who takes part in an exchange wants to hear of its end.
    response.setMaxListeners(32);
    try {
      await answer(request, response, requestId);
    } catch (error) {
      log.error({ requestId, err: error }, 'A request failed inside GuildNet');
      respondWithError(request, response, error, requestId);
    }
  }

  async function upgrade(request: IncomingMessage, client: UpgradeClient): Promise<void> {
    const requestId = newRequestId();
    client.stream.setMaxListeners(32);
    client.stream.on('error', (error) => log.debug({ requestId, err: error }, 'A socket broke'));
    const problem = requestProblem(request.rawHeaders);
    if (problem !== undefined) return refuseUpgrade(request, client, problem, requestId);
    const placed = place(request, true);
    const refused = refusal(request, placed, requestId);
    if (refused !== undefined) return refuseUpgrade(request, client, refused, requestId);
    if (placed.routed.kind !== 'workspace') {
      return refuseUpgrade(request, client, new GuildNetError('not_found', 'There is no WebSocket here.'), requestId);
    }
    return proxy.upgrade(request, client, placed.routed, requestId);
  }

  /** The last owner of what goes wrong: nothing that a client or a workspace does may reach the process. */
  function owned(work: Promise<void>, end: () => void): void {
    work.catch((error: unknown) => {
      log.error({ err: error }, 'An answer failed inside GuildNet');
      end();
    });
  }

  return {
    request: (incoming, response) => owned(request(incoming, response), () => response.destroy()),
    upgrade: (incoming, client) => owned(upgrade(incoming, client), () => client.stream.destroy()),
  };
}
