import { newHabit, seenAgain } from './habit.ts';
import type { Habit } from './habit.ts';
import { judgeUse } from './judge-use.ts';
import type { Sign, UseBy } from './judge-use.ts';
import type { Place } from './place-of.ts';

/** What keeps a workspace awake, and since when it does so without a longer pause; ms since the epoch. */
export interface Reason {
  by: UseBy;
  since: number;
  at: number;
}

/** Places remembered of one workspace. What was not seen for longest is forgotten first. */
const mostHabits = 512;
/** After a longer pause a use is a new one. */
const pauseMs = 5 * 60_000;
/** What happened within the same minute happened together: the strongest of it is the reason. */
const togetherMs = 60_000;
const strongestFirst: readonly UseBy[] = ['input', 'opened', 'program', 'output', 'background'];

/** What was seen of the traffic to one workspace, in a bounded memory. Time comes in from outside. */
export class Evidence {
  readonly #habits = new Map<string, Habit>();
  readonly #reasons = new Map<UseBy, Reason>();
  #lastAct: number | undefined;

  /** Takes note of a sign; true when the workspace is in use by it. */
  see(sign: Sign, place: Place, now: number, bytes = 0): boolean {
    const kind = kindOf(sign, bytes);
    const same = this.#note(`${kind} ${place.target}`, now, bytes);
    // Only a request has a query that differs from one to the next.
    const path = sign.what === 'request' ? this.#note(`${kind} path ${place.path}`, now, 0) : same;
    const judgement = judgeUse(sign, { same, path }, now - (this.#lastAct ??= now));
    if (judgement.act) this.#lastAct = now;
    if (judgement.use) this.#remember(judgement.by, now);
    return judgement.use;
  }

  /** The strongest reason of the latest minute with a use in it. */
  get reason(): Reason | undefined {
    const latest = Math.max(...[...this.#reasons.values()].map(({ at }) => at));
    return strongestFirst
      .map((by) => this.#reasons.get(by))
      .find((reason) => reason !== undefined && reason.at >= latest - togetherMs);
  }

  #note(key: string, now: number, bytes: number): Habit {
    const habit = this.#habits.get(key) ?? newHabit();
    // Put at the end: the first is the one not seen for longest.
    this.#habits.delete(key);
    this.#habits.set(key, habit);
    if (this.#habits.size > mostHabits)
      for (const oldest of this.#habits.keys()) {
        this.#habits.delete(oldest);
        break;
      }
    seenAgain(habit, now, bytes);
    return habit;
  }

  #remember(by: UseBy, now: number): void {
    const reason = this.#reasons.get(by);
    if (reason === undefined || now - reason.at > pauseMs) this.#reasons.set(by, { by, since: now, at: now });
    else reason.at = now;
  }
}

/** Signs of one kind are compared with each other. Messages of another size are of another kind: a heartbeat keeps its size. */
function kindOf(sign: Sign, bytes: number): string {
  const asker = sign.asker;
  if (sign.what === 'request') return `${sign.writes ? 'write' : 'read'} ${asker}`;
  if (sign.what !== 'message') return `${sign.what} ${asker}`;
  if (sign.chatty && !sign.heartbeat && !sign.reply && !sign.greeting) return 'stir';
  return `message ${asker} ${String(Math.round(2 * Math.log2(bytes + 1)))}`;
}
