import type { IncomingMessage, ServerResponse } from 'node:http';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { ORPCError } from '@orpc/server';
import { BodyLimitPlugin } from '@orpc/server/node';
import { GuildNetError } from '#contract/errors.ts';
import { contract } from '#contract/routes.ts';
import type { PeerUrls } from '../access/peer-urls.ts';
import type { Identity } from '../access/who.ts';
import { noSuchCall } from './no-such-call.ts';
import { objectBody } from './object-body.ts';
import { respondWithError } from '../proxy/respond.ts';
import { createAllowedMethods } from './allowed-methods.ts';
import { createListText } from './list-text.ts';
import { answerLogStream, logStreamQuery } from './log-stream.ts';
import type { FollowLogs } from './log-stream.ts';
import { onlyWebSocket } from './accept-web-socket.ts';
import { isStream } from './event-stream.ts';
import type { HostContext } from './host-context.ts';
import type { HostRouter } from './router.ts';
import { terminalPath } from './terminal-sockets.ts';
import { answerWorkspaceStream, workspaceStreamQuery } from './workspace-events.ts';
import type { FollowWorkspaces } from './workspace-events.ts';
import { bodyOf, malformed, toWireError } from './wire-errors.ts';

const maxBodyBytes = 1024 * 1024;
/** Comments on a quiet event stream, as often as the specification has it: proxies and phones drop connections that say nothing for a minute. */
const keepAliveMilliseconds = 20_000;

export interface RestRequest {
  request: IncomingMessage;
  response: ServerResponse;
  requestId: string;
  /** Origin that may read the answer (CORS). */
  corsOrigin: string | undefined;
  /** Who calls; undefined for what is open to everyone. */
  identity: Identity | undefined;
  address: string;
}

function addCorsHeaders(response: ServerResponse, origin: string): void {
  response.setHeader('access-control-allow-origin', origin);
  response.setHeader('access-control-expose-headers', 'etag, location, x-request-id');
  // Its pages may send their session along: where they are of our own site, the browser has one for them.
  response.setHeader('access-control-allow-credentials', 'true');
  response.appendHeader('vary', 'origin');
}

function answerPreflight(response: ServerResponse): void {
  response.writeHead(204, {
    'access-control-allow-methods': 'GET, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'authorization, content-type, if-match, last-event-id',
    'access-control-max-age': '600',
  });
  response.end();
}

export interface RestOptions {
  router: HostRouter;
  /**
   * Lists that may be long, by their path: what the router answers there, without checking and writing out every item each
   * time. One that throws is left to the router, which says why.
   */
  lists: Readonly<Record<string, () => readonly object[]>>;
  /** The streams of logs, past the router, which would write each line by itself. */
  followLogs: FollowLogs;
  /** The stream of all workspaces, past the router, which would write all of them for each reader. */
  followWorkspaces: FollowWorkspaces;
  /** The user of this computer for whose browser a link is, where that is known. */
  userOf(request: IncomingMessage): Promise<number | undefined>;
  /** Where who sends this finds things, for those who find them elsewhere than the local user. */
  urlsOf?(request: IncomingMessage): PeerUrls | undefined;
}

/** The contract as REST and Server-Sent Events. Whether the caller may is asked before. */
export function createRest(options: RestOptions): (call: RestRequest) => Promise<void> {
  const { router, lists, followLogs, followWorkspaces, userOf, urlsOf } = options;
  const listText = createListText();
  const methodsOf = createAllowedMethods(contract);
  const known = ({ method, url = '' }: IncomingMessage): string | undefined => {
    const list = method === 'GET' ? lists[url] : undefined;
    if (list === undefined) return undefined;
    try {
      return listText(list());
    } catch (error) {
      if (error instanceof GuildNetError) return undefined;
      throw error;
    }
  };
  const handler = new OpenAPIHandler<HostContext>(router, {
    plugins: [new BodyLimitPlugin({ maxBodySize: maxBodyBytes })],
    eventIteratorKeepAliveInterval: keepAliveMilliseconds,
    eventIteratorKeepAliveComment: 'ping',
    customErrorResponseBodyEncoder: bodyOf,
    interceptors: [
      async ({ request, context, next, ...rest }) => {
        try {
          const body = async (): Promise<unknown> => objectBody(await request.body());
          return await next({ ...rest, context, request: { ...request, body } });
        } catch (error) {
          // Procedures' errors are wire errors already; what else comes by failed while the request was read.
          const known = error instanceof ORPCError || error instanceof GuildNetError;
          throw toWireError(known ? error : malformed(error), context.requestId ?? '');
        }
      },
    ],
  });
  return async ({ request, response, requestId, corsOrigin, identity, address }) => {
    // What GET would answer, without its body (RFC 9110, 9.3.2): that Node leaves out by itself. A stream has no end to be told of.
    if (request.method === 'HEAD' && !isStream(request)) request.method = 'GET';
    response.setHeader('x-request-id', requestId);
    response.setHeader('cache-control', 'no-store');
    response.setHeader('x-content-type-options', 'nosniff');
    // For reverse proxies in front: events must not wait in a buffer.
    response.setHeader('x-accel-buffering', 'no');
    if (corsOrigin !== undefined) addCorsHeaders(response, corsOrigin);
    if (request.method === 'OPTIONS') {
      answerPreflight(response);
      return;
    }
    // What is past the router is past what peers are asked there, and shows all there is.
    const everything = identity?.kind === 'owner';
    const text = everything ? known(request) : undefined;
    if (text !== undefined) {
      response.writeHead(200, { 'content-type': 'application/json' }).end(text);
      return;
    }
    try {
      const setHeader = (name: string, value: string): void => void response.setHeader(name, value);
      // What it is called makes no difference to how it is read (RFC 7396, section 4).
      if (/^application\/merge-patch\+json\b/i.test(request.headers['content-type'] ?? ''))
        request.headers['content-type'] = 'application/json';
      if (request.method === 'GET' && terminalPath(request.url ?? '') !== undefined) throw onlyWebSocket();
      const asked = everything ? logStreamQuery(request) : undefined;
      if (asked !== undefined)
        return await answerLogStream(request, response, asked, { follow: followLogs, requestId });
      const all = everything ? workspaceStreamQuery(request) : undefined;
      if (all !== undefined)
        return await answerWorkspaceStream(request, response, all, { follow: followWorkspaces, requestId });
      const urls = urlsOf?.(request);
      const caller = { kind: 'http' as const, address, identity, user: () => userOf(request), urls };
      const { matched } = await handler.handle(request, response, { context: { caller, requestId, setHeader } });
      if (matched) return;
      throw noSuchCall(request, response, methodsOf(request.url ?? ''));
    } catch (error) {
      const tooLarge = error instanceof ORPCError ? toWireError(error, requestId).data : undefined;
      respondWithError(
        request,
        response,
        tooLarge === undefined ? error : new GuildNetError('bad_body', tooLarge.message),
        requestId,
      );
    }
  };
}
