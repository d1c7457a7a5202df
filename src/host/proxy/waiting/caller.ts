import type { IncomingMessage, ServerResponse } from 'node:http';
import { askerOf } from '../asker.ts';
import type { Asker } from '../asker.ts';
import { defaultLimits } from '../exchange/limits.ts';
import { dropBody, framingOf } from '../exchange/request-body.ts';
import type { UpgradeClient } from '../exchange/upgrade-client.ts';
import { refuseUpgrade, respondWithError } from '../respond.ts';
import type { Attempt, WorkspaceProxy, WorkspaceRoute } from '../workspace-proxy.ts';

/** Who waits for a workspace: by a request or by an upgrade. */
export interface Caller {
  readonly asker: Asker;
  readonly withBody: boolean;
  /** The client has left. */
  readonly gone: boolean;
  /** Says so, once, when it leaves. Returns the function that ends it. */
  onGone(listener: () => void): () => void;
  /** Answers with an error. */
  refuse(error: unknown): void;
  /** Sends it on. */
  send(attempt: Attempt): Promise<void>;
}

/** Which request it is, and the proxy that takes it on. */
export interface Visit {
  proxy: WorkspaceProxy;
  request: IncomingMessage;
  route: WorkspaceRoute;
  requestId: string;
}

function askerBehind(kind: 'request' | 'socket', { request, route }: Visit): Asker {
  return askerOf({ kind, method: request.method ?? 'GET', path: route.upstreamPath, headers: request.headers });
}

export function requestCaller(visit: Visit, response: ServerResponse): Caller {
  return new RequestCaller(visit, response);
}

/** A class, since every request makes one: an object's own accessors cost more than all that they look at. */
class RequestCaller implements Caller {
  readonly #visit: Visit;
  readonly #response: ServerResponse;

  constructor(visit: Visit, response: ServerResponse) {
    this.#visit = visit;
    this.#response = response;
  }

  // Asked only of those that wait.
  get asker(): Asker {
    return askerBehind('request', this.#visit);
  }

  get withBody(): boolean {
    const { request } = this.#visit;
    return framingOf(request) !== 'none' && request.headers['content-length'] !== '0';
  }

  get gone(): boolean {
    return this.#response.destroyed;
  }

  onGone(listener: () => void): () => void {
    this.#response.once('close', listener);
    return () => this.#response.removeListener('close', listener);
  }

  refuse(error: unknown): void {
    const { request, requestId } = this.#visit;
    respondWithError(request, this.#response, error, requestId);
    // Part of it may have been read already; then nobody else will read the rest.
    if (request.readableDidRead) dropBody(request, defaultLimits.lingerMs);
  }

  send(attempt: Attempt): Promise<void> {
    const { proxy, request, route, requestId } = this.#visit;
    return proxy.serve(request, this.#response, route, requestId, attempt);
  }
}

export function upgradeCaller(visit: Visit, client: UpgradeClient): Caller {
  const { proxy, request, route, requestId } = visit;
  const { stream } = client;
  return {
    asker: askerBehind('socket', visit),
    withBody: false,
    get gone() {
      return stream.destroyed;
    },
    onGone(listener) {
      // Who has nothing to say any more before the handshake is over has left: a socket that stays half open is not waited for.
      const onEnd = (): void => void stream.destroy();
      stream.once('end', onEnd);
      stream.once('close', listener);
      return () => {
        stream.removeListener('end', onEnd);
        stream.removeListener('close', listener);
      };
    },
    refuse: (error) => refuseUpgrade(request, client, error, requestId),
    send: (attempt) => proxy.upgrade(request, client, route, requestId, attempt),
  };
}
