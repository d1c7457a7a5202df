import { fromKubeError, hasStatus } from '../../kube/errors.ts';
import type { Log } from '../../observability/log.ts';
import { nextMove, observe } from './election.ts';
import type { LeaseTiming, Observation } from './election.ts';
import { giveUp } from './give-up.ts';
import { electionProblem } from './leadership.ts';
import type { Leadership } from './leadership.ts';
import type { LeaseApi } from './lease-api.ts';
import type { LeaseClock } from './lease-clock.ts';
import type { LeaseWatch } from './lease-watch.ts';
import type { Lease } from './lease.ts';
import { beginTerm } from './term.ts';
import type { RenewableTerm, Term } from './term.ts';
import { createWake } from './wake.ts';

export interface ElectorOptions {
  api: LeaseApi;
  watch: LeaseWatch;
  /** Of this process and no other, ever. */
  identity: string;
  timing: LeaseTiming;
  clock: LeaseClock;
  random?: () => number;
  log: Log;
  /** Does what only one host may do, until the term's signal is aborted; resolves when nothing of it runs any more. */
  lead(term: Term): Promise<void>;
}

/** Takes part in the election of the one host that reconciles. */
export interface Elector {
  start(): void;
  /** Ends leading, then gives the lease up, so that another host takes over at once. */
  stop(): Promise<void>;
  readonly leadership: Leadership;
  onLeadership(listener: (leadership: Leadership) => void): () => void;
}

/** client-go's: those who wait for the same lease do not ask all at once. */
const jitter = 1.2;

/** client-go's leader election, with a watch besides, so that a lease given up is taken at once. The rules are in election.ts. */
export function createElector(options: ElectorOptions): Elector {
  const { api, watch, identity, timing, clock, random = Math.random, log, lead } = options;
  const ending = new AbortController();
  const wake = createWake(clock.after);
  const listeners = new Set<(leadership: Leadership) => void>();
  let seen: Observation | undefined;
  /** What was seen has to be read anew before it is acted upon. */
  let stale = true;
  let term: RenewableTerm | undefined;
  let led: Promise<void> = Promise.resolve();
  let told: Leadership = { self: false };
  let running: Promise<void> | undefined;

  const leading = (): boolean => term !== undefined && !term.signal.aborted;
  const note = (lease: Lease | undefined): Observation => (seen = observe(seen, lease, clock.instant().monotonic));
  const moveOn = (observation: Observation) => {
    const { monotonic: now, wall } = clock.instant();
    return nextMove(observation, { identity, timing, now, wall });
  };
  const tell = (problem?: Leadership['problem']): void => {
    const self = leading();
    const other = seen?.lease?.record.holder;
    const holder = self ? identity : other === identity || other === '' ? undefined : other;
    const next = { self, ...(holder === undefined ? {} : { holder }), ...(problem === undefined ? {} : { problem }) };
    if (told.self === self && told.holder === holder && told.problem?.message === problem?.message) return;
    told = next;
    for (const listener of listeners) listener(next);
  };

  const begin = (sent: ReturnType<LeaseClock['instant']>): void => {
    const began = beginTerm(sent, timing, clock);
    if (began.signal.aborted) return;
    term = began;
    log.info({ identity }, 'this host leads: it reconciles the workspaces');
    began.signal.addEventListener('abort', () => {
      const { message } = fromKubeError(began.signal.reason, 'leading');
      log.info({ identity, reason: message }, 'this host leads no more');
      tell(told.problem);
    });
    led = lead(began).catch((error: unknown) => {
      log.error({ err: error }, 'what the leader does has failed; it is begun anew');
      began.end('its controllers failed');
    });
  };

  /** One look at the lease, and what follows from it. Resolves with the ms until the next. */
  const attempt = async (): Promise<number> => {
    const observation = seen === undefined || stale || !watch.online ? note(await api.read(ending.signal)) : seen;
    stale = false;
    const move = moveOn(observation);
    if (move.kind === 'wait') {
      term?.end('another host has the lease');
      return watch.online ? move.ms : Math.min(move.ms, pauseMs());
    }
    const sent = clock.instant();
    note(await api.write(move.record, observation.lease, ending.signal));
    if (move.kind === 'renew' && leading()) term?.renewed(sent);
    else {
      // Controllers of two terms never run side by side.
      term?.end('the lease was lost for a while');
      await led;
      if (!ending.signal.aborted) begin(sent);
    }
    return renewalMs(sent.monotonic);
  };
  const pauseMs = (): number => timing.retryMs * (1 + random() * jitter);
  const renewalMs = (since: number): number => Math.max(0, since + timing.retryMs - clock.instant().monotonic);

  const run = async (): Promise<void> => {
    while (!ending.signal.aborted) {
      const began = clock.instant().monotonic;
      try {
        const ms = await attempt();
        tell();
        await wake.sleep(ms);
      } catch (error) {
        if (ending.signal.aborted) return;
        stale = true;
        const problem = electionProblem(error);
        const { message } = problem ?? fromKubeError(error, 'taking the lease');
        const news = leading() || (problem !== undefined && told.problem === undefined);
        log[news ? 'warn' : 'debug']({ reason: message }, 'the lease could not be had or renewed');
        tell(problem);
        // Somebody was quicker: look at once what they did.
        await wake.sleep(
          hasStatus(error, 409) ? (timing.retryMs / 20) * random() : leading() ? renewalMs(began) : pauseMs(),
        );
      }
    }
  };

  const release = async (): Promise<void> => {
    try {
      note(await giveUp(api, seen?.lease, { identity, wall: clock.instant().wall }));
    } catch (error) {
      const { message } = fromKubeError(error, 'giving the lease up');
      log.info({ reason: message }, 'the lease runs out by itself');
    }
  };

  return {
    start: () => {
      if (running !== undefined || ending.signal.aborted) return;
      watch.start((lease) => {
        const observation = note(lease);
        // Old news may come late: they are a reason to look, not to act.
        if (leading() && lease?.record.holder !== identity) stale = true;
        if (leading() ? stale : moveOn(observation).kind === 'take') wake.now();
        tell(told.problem);
      }, wake.now);
      running = run();
    },
    stop: async () => {
      ending.abort();
      wake.now();
      term?.end('it is being stopped');
      await Promise.all([running, watch.stop()]);
      await led;
      await release();
      tell();
      listeners.clear();
    },
    get leadership() {
      return told;
    },
    onLeadership: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
