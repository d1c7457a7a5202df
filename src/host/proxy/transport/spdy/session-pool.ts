import type { Duplex } from 'node:stream';
import { TunnelError } from '../tunnel-error.ts';
import { SpdySession } from './session.ts';

/** How long sessions are kept on which nothing runs, in milliseconds: a burst's for a minute, and the last one while somebody may come back. */
const keptMs = 60_000;
const lastKeptMs = 30 * 60_000;
/** An idle session that has said nothing for longer than its pings should let it is asked before it is used. */
const trustedSilence = 12_000;
const probeMs = 1_500;

/** The sessions on one pod's port-forward subresource. */
export class SessionPool {
  readonly #dial: () => Promise<Duplex>;
  readonly #onEmpty: () => void;
  readonly #sessions = new Set<SpdySession>();
  readonly #idle: { session: SpdySession; since: number; until: NodeJS.Timeout }[] = [];
  #closed = false;

  /** `onEmpty`: the last session is gone. */
  constructor(dial: () => Promise<Duplex>, onEmpty: () => void) {
    this.#dial = dial;
    this.#onEmpty = onEmpty;
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

  /** A free session: one that was kept and answers, or a new one. */
  async take(): Promise<SpdySession> {
    for (let kept = this.takeIdle() ?? this.#popIdle(); kept !== undefined; kept = this.#popIdle()) {
      if (kept.isFree && (kept.silentFor <= trustedSilence || (await kept.answers(probeMs)))) return kept;
      kept.close();
    }
    const socket = await this.#dial();
    const session = new SpdySession(socket, {
      idle: (free) => this.#park(free),
      closed: (gone) => {
        this.#unpark(gone);
        this.#sessions.delete(gone);
        if (this.#sessions.size === 0) this.#onEmpty();
      },
    });
    this.#sessions.add(session);
    if (!this.#closed) return session;
    session.close();
    throw new TunnelError('lost', 'The connection to the cluster was closed.');
  }

  /** Gives back a session that was taken and not used. */
  giveBack(session: SpdySession): void {
    this.#park(session);
  }

  close(): void {
    this.#closed = true;
    for (const session of this.#sessions) session.close();
  }

  #park(session: SpdySession, since = performance.now()): void {
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
