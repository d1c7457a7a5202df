import type { LeaseClock } from '#host/operator/leader/lease-clock.ts';
import type { LeaseApi } from '#host/operator/leader/lease-api.ts';
import type { LeaseWatch } from '#host/operator/leader/lease-watch.ts';
import { leaseObject, parseLease } from '#host/operator/leader/lease.ts';
import type { Lease } from '#host/operator/leader/lease.ts';
import { StatusError, TransportError } from '#host/kube/transport-error.ts';

/** For unit tests: time that stands still until it is turned. */
export interface HandClock extends LeaseClock {
  /** Lets time pass and runs what falls due, in its order; what they begin is finished before the next. */
  pass(milliseconds: number): Promise<void>;
  /** Lets time pass as for a process that is stopped: nothing runs. `monotonic` is 0 for a machine that sleeps. */
  freeze(wall: number, monotonic?: number): void;
}

export function handClock(): HandClock {
  let monotonic = 1_000;
  let wall = Date.parse('2026-01-31T12:00:00Z');
  const timers = new Set<{ at: number; run: () => void }>();
  const settle = async (): Promise<void> => {
    for (let turn = 0; turn < 50; turn += 1) await Promise.resolve();
  };
  const due = (until: number) =>
    [...timers].filter(({ at }) => at <= until).toSorted((one, other) => one.at - other.at)[0];
  return {
    instant: () => ({ monotonic, wall }),
    after: (milliseconds, run) => {
      const timer = { at: monotonic + milliseconds, run };
      timers.add(timer);
      return () => timers.delete(timer);
    },
    pass: async (milliseconds) => {
      const until = monotonic + milliseconds;
      await settle();
      for (let next = due(until); next !== undefined; next = due(until)) {
        const step = Math.max(0, next.at - monotonic);
        monotonic += step;
        wall += step;
        timers.delete(next);
        next.run();
        await settle();
      }
      wall += until - monotonic;
      monotonic = until;
    },
    freeze: (passed, moved = passed) => {
      wall += passed;
      monotonic += moved;
    },
  };
}

/** For unit tests: the API server's lease, with optimistic concurrency and a line to each host that can be cut. */
export function fakeServer() {
  let lease: Lease | undefined;
  let version = 0;
  const told = new Set<(lease: Lease | undefined) => void>();
  const parse = (object: object): Lease => {
    const parsed = parseLease(object);
    if ('problem' in parsed) throw new Error(parsed.problem);
    return parsed.value;
  };
  const put = (object: object): Lease => {
    version += 1;
    const { metadata, ...rest } = object as { metadata: object };
    const stored = parse({ ...rest, metadata: { ...metadata, resourceVersion: String(version) } });
    lease = stored;
    for (const tell of told) tell(stored);
    return stored;
  };
  return {
    get record() {
      return lease?.record;
    },
    remove: () => {
      lease = undefined;
      for (const tell of told) tell(undefined);
    },
    /** What one host has of the server. */
    line(options: { watched?: boolean } = {}) {
      let cut = false;
      let forbidden = false;
      const check = (): void => {
        if (cut) throw new TransportError(Object.assign(new Error('cut'), { code: 'ECONNRESET' }));
        const message =
          'leases.coordination.k8s.io is forbidden: User "u" cannot create resource "leases" in API group "coordination.k8s.io" in the namespace "dev"';
        if (forbidden) throw new StatusError(403, { message });
      };
      const api: LeaseApi = {
        read: async () => {
          check();
          return lease;
        },
        write: async (record, seen) => {
          check();
          if (seen?.metadata.resourceVersion !== lease?.metadata.resourceVersion) throw new StatusError(409, {});
          return put(leaseObject(record, seen, 'dev'));
        },
      };
      let tell: ((lease: Lease | undefined) => void) | undefined;
      let turn: (() => void) | undefined;
      const watched = options.watched ?? true;
      const watch: LeaseWatch = {
        get online() {
          return watched && !cut && tell !== undefined;
        },
        start: (news, turned) => {
          tell = (next) => {
            if (!cut && watched) news(next);
          };
          turn = turned;
          told.add(tell);
        },
        stop: async () => {
          if (tell !== undefined) told.delete(tell);
        },
      };
      return {
        api,
        watch,
        cut: (now: boolean) => {
          cut = now;
          turn?.();
        },
        forbid: (now: boolean) => {
          forbidden = now;
        },
      };
    },
  };
}
