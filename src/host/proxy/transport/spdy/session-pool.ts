import type { Duplex } from 'node:stream';
import { TunnelError } from '../tunnel-error.ts';
import { WayBlocked } from '../ways/way.ts';
import { SpdySession } from './session.ts';

/** How long sessions are kept on which nothing runs, in milliseconds: a burst's for a minute, and the last one while somebody may come back. */
const keptMs = 60_000;
const lastKeptMs = 30 * 60_000;
/** An idle session that has said nothing for longer than its pings should let it is asked before it is used. */
const trustedSilence = 12_000;
const probeMs = 1_500;
/** The first session on a way of which nothing is known: longer than any machine needs, shorter than anybody waits for nothing. */
const proofMs = 5_000;

export interface PoolListener {
  /** The last session is gone. */
  empty(): void;
  /** One ended by itself while it was in use. */
  cut(): void;
}

/** The sessions on one pod's port-forward subresource. */
export class SessionPool {
  readonly #dial: () => Promise<Duplex>;
  readonly #on: PoolListener;
  readonly #sessions = new Set<SpdySession>();
  readonly #idle: { session: SpdySession; since: number; until: NodeJS.Timeout }[] = [];
  /** By port: sessions that serve several connections side by side. */
  readonly #shared = new Map<number, SpdySession>();
  #closed = false;

  constructor(dial: () => Promise<Duplex>, on: PoolListener) {
    this.#dial = dial;
    this.#on = on;
  }

  /** A session that is free and certainly alive, at once. */
  takeIdle(): SpdySession | undefined {
    for (let index = this.#idle.length - 1; index >= 0; index -= 1) {
      const session = this.#idle[index]?.session;
      if (session === undefined || session.silentFor > trustedSilence) continue;
      this.#unpark(session);
      if (session.isFree) return session;
    }
    return undefined;
  }

  /** One that serves small answers of this port side by side, or is free to begin with that. */
  takeShared(port: number): SpdySession | undefined {
    const known = this.#shared.get(port);
    if (known?.isSharedBy(port) === true && known.silentFor <= trustedSilence) return known;
    const session = this.takeIdle();
    if (session !== undefined) this.#shared.set(port, session);
    return session;
  }

  /** A free session: one that was kept and answers, or a new one. `prove`: a new one has to answer first; rejects with WayBlocked if not. */
  async take(prove = false): Promise<SpdySession> {
    for (let kept = this.takeIdle() ?? this.#popIdle(); kept !== undefined; kept = this.#popIdle()) {
      if (kept.isFree && (kept.silentFor <= trustedSilence || (await kept.answers(probeMs)))) return kept;
      kept.close();
    }
    const socket = await this.#dial();
    const session = new SpdySession(socket, {
      idle: (free) => this.#park(free),
      closed: (gone) => {
        this.#unpark(gone);
        this.#unshare(gone);
        this.#sessions.delete(gone);
        if (this.#sessions.size === 0) this.#on.empty();
      },
      cut: () => this.#on.cut(),
    });
    this.#sessions.add(session);
    const answered = !prove || (await session.answers(proofMs));
    if (!this.#closed && answered) return session;
    session.close();
    const closed = new TunnelError('lost', 'The connection to the cluster was closed.');
    if (this.#closed) throw closed;
    throw new WayBlocked(new TunnelError('offline', 'The upgrade was granted, and then nothing was answered.'));
  }

  /** Gives back a session that was taken and not used. */
  giveBack(session: SpdySession): void {
    this.#park(session);
  }

  /** All of them have to say something soon, or are taken for cut. */
  doubt(): void {
    for (const session of this.#sessions) void session.doubt(probeMs);
  }

  close(): void {
    this.#closed = true;
    for (const session of this.#sessions) session.close();
  }

  #unshare(session: SpdySession): void {
    for (const [port, shared] of this.#shared) if (shared === session) this.#shared.delete(port);
  }

  #park(session: SpdySession, since = performance.now()): void {
    this.#unshare(session);
    const until = setTimeout(() => this.#expire(session), keptMs);
    until.unref();
    this.#idle.push({ session, since, until });
  }

  #expire(session: SpdySession): void {
    const since = this.#idle.find((parked) => parked.session === session)?.since ?? 0;
    if (this.#idle.length > 1 || performance.now() - since > lastKeptMs) session.close();
    else {
      this.#unpark(session);
      this.#park(session, since);
    }
  }

  #popIdle(): SpdySession | undefined {
    const session = this.#idle.at(-1)?.session;
    if (session !== undefined) this.#unpark(session);
    return session;
  }

  #unpark(session: SpdySession): void {
    const index = this.#idle.findIndex((parked) => parked.session === session);
    if (index !== -1) for (const { until } of this.#idle.splice(index, 1)) clearTimeout(until);
  }
}
