import { GuildNetError } from '#contract/errors.ts';
import { phaseSchema } from '#contract/workspace.ts';
import { systemClock } from '../../kube/clock.ts';
import type { Clock } from '../../kube/clock.ts';
import type { Log } from '../../observability/log.ts';
import type { ServerAsk } from '../resolve/server-order.ts';
import { asksForState } from '../failure-state.ts';
import { answerReady, respondWithError } from '../respond.ts';
import type { Broken, WorkspaceProxy } from '../workspace-proxy.ts';
import { requestCaller, upgradeCaller } from './caller.ts';
import type { Caller, Visit } from './caller.ts';
import { createHeldRequests } from './held-requests.ts';
import type { Hold } from './held-requests.ts';
import { awayMsOf, mostHeldOf, planWait, restMsOf } from './plan-wait.ts';
import type { PodStanding } from './pod-standing.ts';
import { howFarItGot, secondTry } from './second-try.ts';
import type { SecondTry } from './second-try.ts';

/** What is known of the workspaces that requests wait for. */
export interface Awaited {
  /** No workspace is known yet, and may be in a moment: the host has just started, or its cluster did not answer then. */
  readonly isAway: boolean;
  /** Pods are watched without a gap: one that goes is seen to go. */
  readonly isCurrent: boolean;
  /** Why a workspace cannot be reached now (`not_ready`, with its phase); undefined when it can, or when there is none of this id. */
  obstacle(ask: ServerAsk): GuildNetError | undefined;
  /** How one of its pods stands. */
  standing(id: string, podUid: string): PodStanding;
  /** Calls back whenever either may have changed. Returns the function that ends it. */
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

/** How long after a connection broke the cluster may take to tell that the pod is going, in milliseconds. */
const noticeMs = 1_000;

/** How often it is looked whether the cluster is heard again, in milliseconds. */
const deafMs = 200;

/** A caller on its way to a workspace, and what it has waited already, in milliseconds. */
interface Journey extends Visit {
  caller: Caller;
  ask: ServerAsk;
  waited: number;
  /** It has been sent a second time: since its pod went, and since the line to the cluster broke. One does not use up the other. */
  again: boolean;
  resent: boolean;
  /** How often it was tried while the cluster did not answer. */
  rests: number;
}

const beginning = { waited: 0, again: false, resent: false, rests: 0 } as const;

/**
 * A proxy that has patience: a request or an upgrade to a workspace that is not there yet waits for it, or wakes it, for a time, and only
 * then is answered with the reason. One whose pod went away under it waits for the next pod where it may be sent again.
 */
export function createPatientProxy({
  proxy,
  awaited,
  mayWake,
  log,
  clock = systemClock,
}: PatientProxyOptions): WorkspaceProxy {
  const { onChange } = awaited;
  const plain = createHeldRequests({ onChange, clock });
  const withBody = createHeldRequests({ onChange, clock });
  const heldLike = (caller: Caller) => (caller.withBody ? withBody : plain);
  const waking = new Map<string, Promise<void>>();

  /** Many requests at once start it once. */
  function wake(id: string): Promise<void> {
    const underway = waking.get(id) ?? awaited.wake(id).finally(() => waking.delete(id));
    waking.set(id, underway);
    return underway;
  }

  /** Waits as long as the caller does. */
  async function hold(journey: Journey, wait: Omit<Hold, 'signal'>, before?: () => Promise<void>): Promise<void> {
    const { caller, ask } = journey;
    const left = new AbortController();
    const stopListening = caller.onGone(() => left.abort());
    if (caller.gone) left.abort();
    const since = clock.now();
    try {
      await before?.();
      await heldLike(caller).wait(ask.id, { ...wait, signal: left.signal });
    } finally {
      stopListening();
      journey.waited += clock.now() - since;
    }
  }

  /** Resolves when the workspace is there or the caller has left. Rejects with the reason when it does not come. */
  async function arrive(journey: Journey): Promise<void> {
    const { caller, ask, requestId } = journey;
    if (awaited.isAway) {
      const ms = awayMsOf(caller.asker) - journey.waited;
      await hold(journey, { isOver: () => !awaited.isAway, ms });
    }
    const obstacle = awaited.obstacle(ask);
    if (obstacle === undefined) return;
    const plan = planWait({
      phase: phaseOf(obstacle) ?? 'Pending',
      asker: caller.asker,
      stoppedAsIdle: awaited.wasIdle(ask.id),
      mayWake,
      withBody: caller.withBody,
      held: heldLike(caller).count(ask.id),
    });
    if (plan.do !== 'answer') {
      const isOver = (): boolean => {
        const phase = phaseOf(awaited.obstacle(ask));
        return phase === undefined || phase === 'Failed' || phase === 'Terminating';
      };
      await hold(journey, { isOver, ms: plan.ms - journey.waited }, async () => {
        if (plan.do !== 'wake') return;
        log.info({ requestId, id: ask.id, asker: caller.asker }, 'A request wakes a stopped workspace');
        await wake(ask.id);
      });
    }
    const still = awaited.obstacle(ask);
    if (still !== undefined) throw startable(still);
  }

  async function attend(journey: Journey): Promise<void> {
    const { caller } = journey;
    try {
      await arrive(journey);
    } catch (error) {
      caller.refuse(error);
      return;
    }
    if (!caller.gone) await caller.send({ takeOver: (broken) => takeOver(journey, broken) });
  }

  /** Waits for the cluster to tell of the pod; for longer while it is not heard, since what it would say is then still to come. */
  async function look(journey: Journey, isOver: () => boolean): Promise<void> {
    const isLeft = (): boolean => journey.waited < awayMsOf(journey.caller.asker) && !journey.caller.gone;
    while (!awaited.isCurrent && !isOver() && isLeft()) await hold(journey, { isOver, ms: deafMs });
    await hold(journey, { isOver, ms: noticeMs });
  }

  /** What broke under way: taken over unless it is clear that it has nothing to do with the pod's going, or the cluster's. */
  function takeOver(journey: Journey, broken: Broken): boolean {
    const { caller, ask, requestId } = journey;
    const { target } = broken;
    if (target.kind === 'direct' || target.workspace !== ask.id) return false;
    const far = howFarItGot(broken.error);
    const got = far === 'severed' && journey.resent ? 'cut' : far;
    const next = (): SecondTry =>
      secondTry({
        got,
        repeatable: broken.repeatable,
        bodyKept: broken.sent.chunks !== undefined,
        pod: awaited.standing(ask.id, target.podUid),
      });
    const first = next();
    const rests = first === 'rest';
    const restMs = restMsOf(journey.rests);
    if (rests && journey.waited + restMs > awayMsOf(caller.asker)) return false;
    // A cluster that does not answer has had none of the second tries.
    if (first === 'answer' || (journey.again && !rests && got !== 'severed')) return false;
    if (heldLike(caller).count(ask.id) >= mostHeldOf(caller)) return false;
    const id = ask.id;
    if (journey.rests === 0)
      log.info({ requestId, id, err: broken.error, got }, 'The way to a workspace broke under a request');
    const goOn = async (): Promise<void> => {
      if (rests) await hold(journey, { isOver: () => false, ms: restMs });
      else await look(journey, () => next() !== 'look');
      const then = next();
      if (then === 'tell') throw wentAway(id, got !== 'nowhere');
      if (then !== 'again' && then !== 'rest') throw broken.explain();
      if (rests) journey.rests += 1;
      else if (got === 'severed') journey.resent = true;
      else journey.again = true;
      await arrive(journey);
      if (!caller.gone) await caller.send({ sent: broken.sent, takeOver: (anew) => takeOver(journey, anew) });
    };
    goOn().catch((error: unknown) => caller.refuse(error));
    return true;
  }

  return {
    async serve(request, response, route, requestId, attempt) {
      const { ask } = route;
      if (ask.kind !== 'server') return proxy.serve(request, response, route, requestId, attempt);
      const visit = { proxy, request, route, requestId };
      if (asksForState(request.headers)) {
        const obstacle = awaited.obstacle(ask);
        if (obstacle === undefined) return answerReady(response, requestId);
        return respondWithError(request, response, startable(obstacle), requestId);
      }
      await attend({
        ...visit,
        caller: requestCaller(visit, response),
        ask,
        ...beginning,
      });
    },
    async upgrade(request, client, route, requestId, attempt) {
      const { ask } = route;
      if (ask.kind !== 'server') return proxy.upgrade(request, client, route, requestId, attempt);
      const visit = { proxy, request, route, requestId };
      await attend({
        ...visit,
        caller: upgradeCaller(visit, client),
        ask,
        ...beginning,
      });
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

function wentAway(id: string, mayBeDone: boolean): GuildNetError {
  return mayBeDone
    ? new GuildNetError(
        'not_ready',
        `The pod of the workspace ${id} went away before it answered. Whether it did what was asked is not known.`,
        { remedy: 'See whether it has been done, and ask again if not.', details: { id } },
      )
    : new GuildNetError('not_ready', `The pod of the workspace ${id} is being replaced.`, {
        remedy: 'Wait a moment and try again.',
        details: { id },
      });
}
