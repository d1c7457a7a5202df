import type { TransportKind, TransportState, TransportStatus } from '#contract/transport.ts';
import { systemClock } from '../../../kube/clock.ts';
import type { Clock } from '../../../kube/clock.ts';
import type { Log } from '../../../observability/log.ts';
import type { Prepared } from '../forward.ts';
import { podKey } from '../pod-key.ts';
import type { PodName, TunnelTarget } from '../transport.ts';
import { TunnelError } from '../tunnel-error.ts';
import { firstThrough } from './first-through.ts';
import { lossesOf } from './losses.ts';
import { learn, planWays, untried } from './way-health.ts';
import type { WayEvent, WayHealth } from './way-health.ts';
import { WayBlocked } from './way.ts';
import type { Way, WayListener } from './way.ts';

export interface ChosenWayOptions {
  /** Makes each of the ways, the best first; what they tell is told to the listener. */
  ways: readonly { kind: TransportKind; make(on: WayListener): Way }[];
  log: Log;
  clock?: Clock;
  headStartMs?: number;
}

/** Longer than a handshake takes on a bad line; a gateway that keeps silent costs each of the ways before the right one so much, once. */
const usualHeadStartMs = 2_500;
/** Of pods whose connections were cut so many are remembered. */
const mostCut = 256;

/** Several ways to the pods as one: the best that works is taken, what does not work is remembered for a while and tried again later. */
export class ChosenWay {
  readonly #ways: ReadonlyMap<TransportKind, Way>;
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #headStartMs: number;
  readonly #known = new Map<TransportKind, WayHealth>();
  /** When connections were cut, by way and pod, until the next one is opened there or is not. */
  readonly #cuts = new Map<string, number>();
  readonly #retried = new Set<TransportKind>();
  /** Whoever looks for a way of which something is known. */
  #search: Promise<unknown> | undefined;

  constructor({ ways, log, clock = systemClock, headStartMs = usualHeadStartMs }: ChosenWayOptions) {
    this.#ways = new Map(
      ways.map(({ kind, make }) => [
        kind,
        make({
          cut: (pod) => this.#cut(kind, pod),
          works: () => {
            if (!this.#isProven(kind)) this.#learn(kind, { kind: 'works' });
          },
          blocked: (why) => this.#learn(kind, { kind: 'blocked', why }),
        }),
      ]),
    );
    this.#log = log;
    this.#clock = clock;
    this.#headStartMs = headStartMs;
  }

  /** A connection that can be begun without waiting, by the way that is used now. */
  ready(target: TunnelTarget): Prepared | undefined {
    const { use, retry } = this.#plan();
    if (retry !== undefined) this.#retry(retry, target);
    return use[0] === undefined ? undefined : this.#ways.get(use[0])?.ready(target);
  }

  /** One that stands beside others, by the way that is used now. */
  share(target: TunnelTarget): Prepared | undefined {
    const [kind] = this.#plan().use;
    return kind === undefined ? undefined : this.#ways.get(kind)?.share?.(target);
  }

  /** Rejects with a TunnelError. */
  async prepare(target: TunnelTarget): Promise<Prepared> {
    // What a page asks for at its beginning comes all at once, and one of these is enough to find the way.
    if (this.#search !== undefined) await this.#forAWhile(this.#search);
    if (this.#isProven(this.#plan().use[0])) return this.#find(target);
    const found = this.#find(target);
    const search = found.then(
      () => undefined,
      () => undefined,
    );
    this.#search = search;
    try {
      return await found;
    } finally {
      if (this.#search === search) this.#search = undefined;
    }
  }

  /** Resolves when that is over, or has had its head start: it may wait for a pod that is none of ours. */
  async #forAWhile(search: Promise<unknown>): Promise<void> {
    const { promise, resolve } = Promise.withResolvers<void>();
    const cancel = this.#clock.after(this.#headStartMs, resolve);
    await Promise.race([search, promise]);
    cancel();
  }

  #isProven(kind: TransportKind | undefined): boolean {
    return kind !== undefined && this.#known.get(kind)?.proven === true;
  }

  async #find(target: TunnelTarget): Promise<Prepared> {
    const { use } = this.#plan();
    const tried = await firstThrough({
      kinds: use,
      attempt: (kind) => this.#attempt(kind, target),
      goesOn: (error) => error instanceof WayBlocked || isDenied(error),
      // It asks nobody before it says yes, and would win over every way that is slow today.
      isLast: (kind) => lossesOf(kind).length > 0,
      discard: (prepared) => prepared.discard(),
      // What is known to work may be slow: all ways at once would only make it slower.
      headStartMs: (kind) => (this.#isProven(kind) ? undefined : this.#headStartMs),
      clock: this.#clock,
    });
    if (tried.kind !== undefined) {
      // Only now is it certain that it was the way, and not the cluster.
      for (const { kind, error } of tried.failures) this.#learn(kind, { kind: 'blocked', why: whyOf(error) });
      return tried.result;
    }
    for (const { kind, error } of tried.failures)
      if (isDenied(error)) this.#learn(kind, { kind: 'blocked', why: whyOf(error) });
    throw mostTelling(tried.failures.map(({ error }) => error));
  }

  forget(pod: PodName): void {
    for (const [kind, way] of this.#ways) {
      this.#cuts.delete(`${kind} ${podKey(pod)}`);
      way.forget(pod);
    }
  }

  /** What is open may lead nowhere any more. */
  doubt(): void {
    for (const way of this.#ways.values()) way.doubt?.();
  }

  close(): void {
    for (const way of this.#ways.values()) way.close();
  }

  /** Which way is taken now, and why; what is known of each. */
  status(): TransportStatus {
    const now = this.#clock.now();
    const kinds = [...this.#ways.keys()];
    const kind = this.#plan().use[0] ?? 'spdy';
    const ways = kinds.map((one) => stateOf(one, this.#known.get(one) ?? untried, now));
    const before = ways.slice(0, kinds.indexOf(kind)).filter(({ why }) => why !== undefined);
    const why = before.map(({ kind: shut, why: reason = '' }) => `${shut}: ${reason}`).join(' ');
    return { kind, ...(why === '' ? {} : { why }), losses: [...lossesOf(kind)], ways };
  }

  #cut(kind: TransportKind, pod: PodName): void {
    if (this.#cuts.size >= mostCut) this.#cuts.clear();
    this.#cuts.set(`${kind} ${podKey(pod)}`, this.#clock.now());
  }

  #plan() {
    return planWays(this.#known, [...this.#ways.keys()], this.#clock.now());
  }

  async #attempt(kind: TransportKind, target: TunnelTarget): Promise<Prepared> {
    const way = this.#ways.get(kind);
    if (way === undefined) throw new WayBlocked(new TunnelError('protocol', `There is no way called ${kind}.`));
    const proven = this.#isProven(kind);
    const prepared = await way.prepare(target, !proven);
    const key = `${kind} ${podKey(target)}`;
    const at = this.#cuts.get(key);
    this.#cuts.delete(key);
    // What is shut by this very cut is not opened again by what came just after it.
    const isShut = at !== undefined && this.#learn(kind, { kind: 'cut', at }).why !== undefined;
    if (way.proves && !proven && !isShut) this.#learn(kind, { kind: 'works' });
    return prepared;
  }

  /** Tries a way that would be better, beside the requests. */
  #retry(kind: TransportKind, target: TunnelTarget): void {
    if (this.#retried.has(kind)) return;
    this.#retried.add(kind);
    this.#attempt(kind, target)
      .then(
        (prepared) => prepared.discard(),
        (error: unknown) => {
          if (error instanceof WayBlocked || isDenied(error)) this.#learn(kind, { kind: 'blocked', why: whyOf(error) });
          else this.#log.debug({ err: error, kind }, 'Whether another way to the pods works again is not known');
        },
      )
      .finally(() => this.#retried.delete(kind));
  }

  #learn(kind: TransportKind, event: WayEvent): WayHealth {
    const before = this.#known.get(kind) ?? untried;
    const after = learn(before, event, this.#clock.now());
    this.#known.set(kind, after);
    if (after.why !== undefined && before.why === undefined)
      this.#log.info(
        { kind, why: after.why, until: new Date(after.shutUntil).toISOString() },
        'A way to the pods is shut for a while; another one is used',
      );
    else if (after.why === undefined && before.why !== undefined)
      this.#log.info({ kind }, 'A way to the pods works again');
    return after;
  }
}

function isDenied(error: unknown): boolean {
  return error instanceof TunnelError && error.failure === 'denied';
}

/** In our words where the cluster's name users and addresses: the status is served to whoever may see it. */
function whyOf(error: unknown): string {
  if (isDenied(error)) return 'The cluster does not allow it to us.';
  return error instanceof WayBlocked ? error.message : 'It failed.';
}

/** A verdict on us or the pod says more than that a protocol does not get through. */
function mostTelling(errors: readonly unknown[]): Error {
  const direct = errors.find((error) => error instanceof TunnelError && error.failure !== 'denied');
  const denied = errors.find(isDenied);
  const blocked = errors.find((error) => error instanceof WayBlocked);
  if (direct instanceof Error) return direct;
  if (denied instanceof Error) return denied;
  if (blocked instanceof WayBlocked) return blocked.otherwise;
  const other = errors[0];
  return other instanceof Error ? other : new TunnelError('protocol', 'There is no way to the pods.');
}

function stateOf(kind: TransportKind, { proven, shutUntil, why }: WayHealth, now: number): TransportState {
  if (shutUntil <= now || why === undefined) return { kind, state: proven ? 'works' : 'untried' };
  return { kind, state: 'shut', why, again_at: new Date(shutUntil).toISOString() };
}
