import type { GuildNetError } from '#contract/errors.ts';
import { phaseSchema } from '#contract/workspace.ts';
import type { Phase } from '#contract/workspace.ts';
import type { Clock } from '../kube/clock.ts';
import { asError } from '../proxy/as-error.ts';
import { upstreamError } from '../proxy/upstream-error.ts';
import type { HeldRequests } from '../proxy/waiting/held-requests.ts';
import type { Awaited } from '../proxy/waiting/patient-proxy.ts';
import { longestHoldMs, planWait } from '../proxy/waiting/plan-wait.ts';
import { afterFailure } from './after-failure.ts';
import type { ForwardedConnection } from './connection.ts';
import type { Reach, Reached, WorkspaceKey } from './reach.ts';

export interface WayOptions {
  reach: Reach;
  awaited: Pick<Awaited, 'standing' | 'wasIdle' | 'wake'>;
  held: HeldRequests;
  /** Whether a connection may start a workspace that was stopped as idle. */
  mayWake: boolean;
  clock: Clock;
}

/** A connection on its way to a port of a workspace. */
export interface Journey {
  workspace: WorkspaceKey;
  port: number;
  connection: ForwardedConnection;
}

export interface Way {
  /**
   * Brings a connection to the pod that serves the workspace now; while there is none it waits, and goes on to the next one where that
   * loses nothing. Resolves when it is over. Rejects with a GuildNetError when it got nowhere or broke; the client is still there then.
   */
  take(journey: Journey): Promise<void>;
}

/** How long after a connection broke the cluster may take to tell that the pod is going, in milliseconds. */
const noticeMs = 1_000;
/** Between two attempts to reach a cluster that does not answer. */
const pauseMs = 500;

function phaseOf({ details }: GuildNetError): Phase | undefined {
  const phase = phaseSchema.safeParse(details['phase']);
  return phase.success ? phase.data : undefined;
}

/** What no waiting mends. */
function isFinal(reached: Reached): boolean {
  if (reached.kind === 'pod') return true;
  const phase = phaseOf(reached.why);
  return reached.why.code === 'not_found' || phase === 'Failed' || phase === 'Terminating';
}

/** The way of connections from this machine to workspaces: with the patience, and the times, of requests (record 20). */
export function createWay({ reach, awaited, held, mayWake, clock }: WayOptions): Way {
  const waking = new Map<string, Promise<void>>();

  function wake(id: string): Promise<void> {
    const underway = waking.get(id) ?? awaited.wake(id).finally(() => waking.delete(id));
    waking.set(id, underway);
    return underway;
  }

  async function arrive({ workspace, connection }: Journey, until: number): Promise<Reached> {
    const { id } = workspace;
    const first = reach(workspace);
    if (first.kind === 'pod' || isFinal(first)) return first;
    const plan = planWait({
      phase: phaseOf(first.why) ?? 'Pending',
      asker: 'program',
      stoppedAsIdle: awaited.wasIdle(id),
      mayWake,
      withBody: false,
      held: held.count(id),
    });
    if (plan.do === 'answer') return first;
    if (plan.do === 'wake') await wake(id);
    const ms = Math.min(plan.ms, until - clock.now());
    await held.wait(id, { isOver: () => isFinal(reach(workspace)), ms, signal: connection.gone });
    return reach(workspace);
  }

  /** True: once more. */
  async function goesOn(
    journey: Journey,
    failure: Error,
    facts: { begun: boolean; uid: string; until: number },
  ): Promise<boolean> {
    const { workspace, connection } = journey;
    const { begun, uid, until } = facts;
    const next = () =>
      afterFailure({
        failure,
        begun,
        repeatable: connection.isRepeatable,
        pod: awaited.standing(workspace.id, uid),
      });
    const left = until - clock.now();
    if (left <= 0) return false;
    if (next() === 'look') {
      const ms = Math.min(noticeMs, left);
      await held.wait(workspace.id, { isOver: () => next() !== 'look', ms, signal: connection.gone });
    }
    if (next() === 'pause') await pause(Math.min(pauseMs, left), connection.gone);
    return next() === 'again' || next() === 'pause';
  }

  function pause(ms: number, signal: AbortSignal): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const end = (): void => {
        cancel();
        signal.removeEventListener('abort', end);
        resolve();
      };
      const cancel = clock.after(ms, end);
      signal.addEventListener('abort', end);
    });
  }

  return {
    async take(journey) {
      const { workspace, port, connection } = journey;
      const until = clock.now() + longestHoldMs;
      for (;;) {
        const reached = await arrive(journey, until);
        if (connection.gone.aborted) return;
        if (reached.kind === 'nowhere') throw reached.why;
        let begun = false;
        let failure: Error | undefined;
        try {
          const prepared = await reached.prepare(port);
          begun = true;
          failure = await connection.carry(prepared);
        } catch (error) {
          failure = asError(error);
        }
        if (failure === undefined || connection.gone.aborted) return;
        if (!(await goesOn(journey, failure, { begun, uid: reached.uid, until })))
          throw upstreamError(failure, { id: workspace.id, port });
        if (connection.gone.aborted) return;
      }
    },
  };
}
