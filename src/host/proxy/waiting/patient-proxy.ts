import type { IncomingMessage, ServerResponse } from 'node:http';
import { GuildNetError } from '#contract/errors.ts';
import { phaseSchema } from '#contract/workspace.ts';
import { systemClock } from '../../kube/clock.ts';
import type { Clock } from '../../kube/clock.ts';
import type { Log } from '../../observability/log.ts';
import { askerOf } from '../asker.ts';
import type { ServerAsk } from '../resolve/server-order.ts';
import { asksForState } from '../failure-state.ts';
import { answerReady, respondWithError } from '../respond.ts';
import type { WorkspaceProxy, WorkspaceRoute } from '../workspace-proxy.ts';
import { createHeldRequests } from './held-requests.ts';
import { planWait } from './plan-wait.ts';

/** What is known of the workspaces that requests wait for. */
export interface Awaited {
  /** Why a workspace cannot be reached now (`not_ready`, with its phase); undefined when it can, or when there is none of this id. */
  obstacle(ask: ServerAsk): GuildNetError | undefined;
  /** Calls back whenever that may have changed. Returns the function that ends it. */
  onChange(id: string, listener: () => void): () => void;
  /** GuildNet stopped it because nobody used it. */
  wasIdle(id: string): boolean;
  /** Starts it. Rejects with what is in the way. */
  wake(id: string): Promise<void>;
}

export interface PatientProxyOptions {
  proxy: WorkspaceProxy;
  awaited: Awaited;
  /** Whether requests may start stopped workspaces. */
  mayWake: boolean;
  log: Log;
  clock?: Clock;
}

/**
 * A proxy that has patience: a request to a workspace that is not there yet waits for it, or wakes it, for a time, and only then is
 * answered with the reason. Nothing of a request has been sent while it waits, so that any may. Upgrades do not wait: a page opens its WebSockets again by itself.
 */
export function createPatientProxy({
  proxy,
  awaited,
  mayWake,
  log,
  clock = systemClock,
}: PatientProxyOptions): WorkspaceProxy {
  const asks = new Map<string, ServerAsk>();
  const held = createHeldRequests({
    isOver: (key) => {
      const ask = asks.get(key);
      const phase = ask === undefined ? undefined : phaseOf(awaited.obstacle(ask));
      return phase === undefined || phase === 'Failed' || phase === 'Terminating';
    },
    onChange: (key, listener) => awaited.onChange(asks.get(key)?.id ?? key, listener),
    clock,
  });
  const waking = new Map<string, Promise<void>>();

  /** Many requests at once start it once. */
  function wake(id: string): Promise<void> {
    const underway = waking.get(id) ?? awaited.wake(id).finally(() => waking.delete(id));
    waking.set(id, underway);
    return underway;
  }

  async function waitFor(
    request: IncomingMessage,
    response: ServerResponse,
    { route, ask, obstacle }: { route: WorkspaceRoute; ask: ServerAsk; obstacle: GuildNetError },
    requestId: string,
  ): Promise<void> {
    const { id } = ask;
    const asker = askerOf({
      kind: 'request',
      method: request.method ?? 'GET',
      path: route.upstreamPath,
      headers: request.headers,
    });
    const phase = phaseOf(obstacle) ?? 'Pending';
    const plan = planWait({ phase, asker, stoppedAsIdle: awaited.wasIdle(id), mayWake, held: held.count(id) });
    if (plan.do === 'answer') return;
    const left = new AbortController();
    const leave = (): void => left.abort();
    response.once('close', leave);
    try {
      if (plan.do === 'wake') {
        log.info({ requestId, id, asker }, 'A request wakes a stopped workspace');
        await wake(id);
      }
      asks.set(id, ask);
      await held.wait(id, plan.ms, left.signal);
    } finally {
      response.removeListener('close', leave);
      if (held.count(id) === 0) asks.delete(id);
    }
  }

  return {
    ...proxy,
    async serve(request, response, route, requestId) {
      const { ask } = route;
      try {
        const obstacle = ask.kind === 'server' ? awaited.obstacle(ask) : undefined;
        if (asksForState(request.headers)) {
          if (obstacle === undefined) return answerReady(response, requestId);
          return respondWithError(request, response, startable(obstacle), requestId);
        }
        if (obstacle !== undefined && ask.kind === 'server') {
          await waitFor(request, response, { route, ask, obstacle }, requestId);
          const still = awaited.obstacle(ask);
          if (still !== undefined) return respondWithError(request, response, startable(still), requestId);
        }
      } catch (error) {
        return respondWithError(request, response, error, requestId);
      }
      if (!response.destroyed) await proxy.serve(request, response, route, requestId);
    },
  };

  /** Tells people that opening a stopped workspace starts it. */
  function startable(obstacle: GuildNetError): GuildNetError {
    if (!mayWake || phaseOf(obstacle) !== 'Stopped') return obstacle;
    return new GuildNetError(obstacle.code, obstacle.message, {
      remedy: 'Open it again to start it.',
      details: { ...obstacle.details, wakes: true },
      cause: obstacle,
    });
  }
}

function phaseOf(obstacle: GuildNetError | undefined) {
  if (obstacle === undefined) return undefined;
  const phase = phaseSchema.safeParse(obstacle.details['phase']);
  return phase.success ? phase.data : undefined;
}
