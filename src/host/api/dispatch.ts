import type { IncomingMessage, ServerResponse } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import type { Who } from '#contract/identity.ts';
import type { Access } from '../access/access.ts';
import type { Detour, Entrance } from '../access/entrance.ts';
import { clientAddressOf } from '../access/handed-over.ts';
import { unauthorized, whoOf } from '../access/who.ts';
import type { Doubt, Place } from '../access/who.ts';
import type { Log } from '../observability/log.ts';
import { onlyLocal } from '../permission/call-guard.ts';
import type { OpenGuard } from '../permission/open-guard.ts';
import { breakOff } from '../proxy/exchange/break-off.ts';
import { requestProblem } from '../proxy/exchange/request-problem.ts';
import type { UpgradeClient } from '../proxy/exchange/upgrade-client.ts';
import { framersOf } from '../proxy/framers.ts';
import { refuseUpgrade, respondWithError } from '../proxy/respond.ts';
import type { ProxyAsk } from '../proxy/forms/ask.ts';
import { ownAddress } from '../proxy/route.ts';
import type { Route } from '../proxy/route.ts';
import { answerStorageProbe } from '../proxy/storage-page.ts';
import type { WorkspaceProxy } from '../proxy/workspace-proxy.ts';
import type { Admit } from './admission.ts';
import { isStream } from './event-stream.ts';
import { answerMetrics } from './metrics-page.ts';
import type { MetricsPage } from './metrics-page.ts';
import { noSuchCall } from './no-such-call.ts';
import { newRequestId } from './request-id.ts';
import type { RestRequest } from './rest.ts';
import type { StaticUi } from './static-ui.ts';
import { terminalPath } from './terminal-sockets.ts';
import type { AnswerSocket } from './terminal-sockets.ts';

export interface DispatchOptions {
  /** Where a request goes, if it may whoever sends it. */
  admit: Admit;
  /** Who sends it. Opened when the host starts. */
  access(): Pick<Access, 'identify' | 'join'>;
  /** Whether they may. Calls of the API are asked about where they are known (`router`). */
  guard: OpenGuard;
  /** The own origin of what whoever sends this may open, once it can be reached; undefined where it has none. */
  ownOrigin(request: IncomingMessage, ask: ProxyAsk): Promise<string | undefined>;
  /** Where browsers come to a session. */
  entrance: Entrance;
  rest(call: RestRequest): Promise<void>;
  metrics: MetricsPage;
  ui: StaticUi;
  /** WebSockets of a development server's UI; absent: the built one has none. */
  uiSocket?: ((request: IncomingMessage, client: UpgradeClient, requestId: string) => void) | undefined;
  proxy: WorkspaceProxy;
  /** WebSockets of our own. */
  sockets: AnswerSocket;
  log: Log;
}

/** Neither throws; what goes wrong is answered, or ends the connection that it came by. */
export interface Dispatch {
  request(this: void, request: IncomingMessage, response: ServerResponse): void;
  upgrade(this: void, request: IncomingMessage, client: UpgradeClient): void;
}

interface Goal {
  /** Throws `forbidden` or `not_found`. `end` is called when they may not any more; the returned function takes that back. */
  open(who: Who, end: () => void): (() => void) | undefined;
  serve(): Promise<void>;
}

/** Whom the request is for: whose session it needs. */
function placeOf(routed: Route): Place {
  if (routed.kind !== 'workspace') return { kind: 'control' };
  return { kind: routed.mode === 'origin' ? 'workspace' : 'path', id: routed.id };
}

function sendOn(response: ServerResponse, { location, referrer }: Detour): void {
  const policy = referrer === undefined ? {} : { 'referrer-policy': referrer };
  response.writeHead(303, { location, 'cache-control': 'no-store', ...policy }).end();
}

function redirect(response: ServerResponse, location: string, requestId: string): void {
  response.writeHead(307, { location, 'cache-control': 'no-store', 'x-request-id': requestId }).end();
}

/** What the entrances are asked by. */
const readingMethods: readonly string[] = ['GET', 'HEAD', 'OPTIONS'];

/** The front door: asks of each request where it goes, whether it may and who sends it, then hands it on. */
export function createDispatch({
  admit,
  access,
  guard,
  ownOrigin,
  entrance,
  rest,
  metrics,
  ui,
  uiSocket,
  proxy,
  sockets,
  log,
}: DispatchOptions): Dispatch {
  async function answer(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    const { routed, corsOrigin } = admit(request, false, requestId);
    // A workspace is asked itself whether it wants the body.
    const invite = (): void => {
      if (request.headers.expect !== undefined) response.writeContinue();
    };
    const call = { request, response, requestId, corsOrigin, address: clientAddressOf(request.socket) };
    // Open to all: they say that the host lives. A preflight carries no credentials, and is answered for FRONTEND_ORIGIN alone.
    if (routed.kind === 'probe' || (routed.kind === 'api' && request.method === 'OPTIONS')) {
      invite();
      return rest({ ...call, identity: undefined });
    }
    if (routed.kind === 'entrance' && !readingMethods.includes(request.method ?? ''))
      throw noSuchCall(request, response, readingMethods);
    if (routed.kind === 'entrance' && routed.door === 'sign-in') return entrance.signIn(request, response);
    if (routed.kind === 'storage-probe') return answerStorageProbe(response, framersOf(request), requestId);
    if (routed.kind === 'detour') return sendOn(response, { location: routed.location, referrer: 'origin' });
    // Also of our own errors: they would be shown in the frame, in place of the application.
    if (routed.kind === 'workspace' && routed.file === true) response.setHeader('content-disposition', 'attachment');
    const place = placeOf(routed);
    if (routed.kind === 'workspace' && (await entrance.takeTicket(request, response, place))) return;
    const recognised = await access().identify(request, place);
    if ('doubt' in recognised) return turnAway(request, response, place, recognised.doubt);
    const { session } = recognised.identity;
    // What may stay open for days ends with the sign-in that it was asked by.
    if (session !== undefined && (routed.kind === 'workspace' || isStream(request)))
      response.once(
        'close',
        access().join(session, () => breakOff(response)),
      );
    const who = whoOf(recognised.identity);
    const breaking = (): void => breakOff(response);
    if (routed.kind === 'workspace') {
      const release = guard.open(who, routed.ask, requestId, breaking);
      if (release !== undefined) response.once('close', release);
      return proxy.serve(request, response, routed, requestId);
    }
    const release = isStream(request) ? guard.untilChange(who, breaking) : undefined;
    if (release !== undefined) response.once('close', release);
    invite();
    switch (routed.kind) {
      case 'redirect':
        return redirect(response, routed.location, requestId);
      case 'elsewhere': {
        // Where it is, or that it is, is told to those who may open it, and nothing is kept open by the telling.
        if (who.kind === 'peer') guard.open(who, routed.ask, requestId, breaking)?.();
        return redirect(response, ownAddress(routed, await ownOrigin(request, routed.ask)), requestId);
      }
      case 'entrance':
        // What it hands out is the owner's; a peer is known by their connection, here and at the workspace.
        if (recognised.identity.kind === 'peer') throw onlyLocal();
        return entrance.enter(request, response, recognised.identity);
      case 'api':
        return rest({ ...call, identity: recognised.identity });
      case 'metrics':
        guard.demand(who, 'admin');
        return answerMetrics(request, response, metrics, requestId);
      case 'ui':
        // A development server hands out its developer's files.
        if (uiSocket !== undefined) guard.demand(who, 'admin');
        return ui(request, response, requestId);
    }
  }

  /** Nobody was recognised: a person who opened a workspace is sent for a ticket, everyone else is told what to do. */
  function turnAway(request: IncomingMessage, response: ServerResponse, place: Place, doubt: Doubt): void {
    const detour = doubt === 'other_user' ? undefined : entrance.detour(request, place);
    if (detour !== undefined) return sendOn(response, detour);
    // RFC 9110, 15.5.2 wants it with a 401; browsers ask nobody for a Bearer token.
    response.setHeader('www-authenticate', 'Bearer realm="GuildNet"');
    throw unauthorized(place, doubt);
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
      if (!(error instanceof GuildNetError)) log.error({ requestId, err: error }, 'A request failed inside GuildNet');
      // Where it ends is in doubt, and so is whatever follows it.
      else if (requestProblem(request.rawHeaders) !== undefined) response.shouldKeepAlive = false;
      respondWithError(request, response, error, requestId);
    }
  }

  /** What an upgrade opens, and who serves it. Throws `not_found` where there is no WebSocket. */
  function goalOf(routed: Route, request: IncomingMessage, client: UpgradeClient, requestId: string): Goal {
    if (routed.kind === 'workspace')
      return {
        open: (who, end) => guard.open(who, routed.ask, requestId, end),
        serve: () => proxy.upgrade(request, client, routed, requestId),
      };
    if (routed.kind === 'ui' && uiSocket !== undefined)
      return {
        open(who, end) {
          guard.demand(who, 'admin');
          return guard.untilChange(who, end);
        },
        serve: () => Promise.resolve(uiSocket(request, client, requestId)),
      };
    const path = routed.kind === 'api' ? terminalPath(request.url ?? '') : undefined;
    if (path === undefined) throw new GuildNetError('not_found', 'There is no WebSocket here.');
    return {
      open: (who, end) => guard.open(who, { kind: 'shell', ...path }, requestId, end),
      serve: () => sockets(path, request, client, requestId),
    };
  }

  async function upgrade(request: IncomingMessage, client: UpgradeClient): Promise<void> {
    const requestId = newRequestId();
    client.stream.on('error', (error) => log.debug({ requestId, err: error }, 'A socket broke'));
    try {
      const { routed } = admit(request, true, requestId);
      const goal = goalOf(routed, request, client, requestId);
      const place = placeOf(routed);
      const recognised = await access().identify(request, place);
      if ('doubt' in recognised) throw unauthorized(place, recognised.doubt);
      const { session } = recognised.identity;
      if (session !== undefined)
        client.stream.once(
          'close',
          access().join(session, () => client.stream.destroy()),
        );
      const end = (): void => void client.stream.destroy();
      const release = goal.open(whoOf(recognised.identity), end);
      if (release !== undefined) client.stream.once('close', release);
      return await goal.serve();
    } catch (error) {
      if (!(error instanceof GuildNetError)) throw error;
      refuseUpgrade(request, client, error, requestId);
    }
  }

  /** The last owner of what goes wrong: nothing that a client or a workspace does may reach the process. */
  function owned(work: Promise<void>, end: () => void): void {
    work.catch((error: unknown) => {
      log.error({ err: error }, 'An answer failed inside GuildNet');
      end();
    });
  }

  return {
    request: (incoming, response) => owned(request(incoming, response), () => breakOff(response)),
    upgrade: (incoming, client) => owned(upgrade(incoming, client), () => client.stream.destroy()),
  };
}
