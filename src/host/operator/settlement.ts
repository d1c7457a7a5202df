import { createHash } from 'node:crypto';
import type { Applicable } from '../kube/apply.ts';
import { changedBy } from '../kube/authorship.ts';
import type { Difference } from '../kube/differs.ts';

/** A field of ours that somebody made another; never its value, which may be secret. */
export interface Contested {
  kind: string;
  path: string;
  /** A field manager by its name; `admission` is the cluster's own, by a webhook or a policy. */
  by: { manager: string } | 'admission' | 'unknown';
}

/** The same, with a digest of what it was made, for our own memory. */
export interface Change extends Contested {
  value: string;
}

/** Why an object that is not as desired is let be. */
export interface LetBe {
  /** What somebody makes another again and again. */
  contested?: readonly Contested[];
  /** The paths of what this host would have otherwise, from the next start on. */
  kept?: readonly string[];
  /** For so many ms; if not given, for as long as nothing changes. */
  waitMs?: number;
}

/** Sees to it that nobody fights over a field: it is put right once, and not again where that was in vain. */
export interface Settlement {
  about(workspace: string, kind: string, uid: string): ObjectSettlement;
  forget(workspace: string): void;
}

/** A state is what `stateOf` says: what is wanted, and what differs from it. */
export interface ObjectSettlement {
  /** How a state was judged before, as long as that holds. */
  recall(state: string): LetBe | undefined;
  /**
   * Whether a write of this wish was in vain in all of these places: where admission takes our own marks away, nothing else tells
   * that nobody wants anything new.
   */
  inVain(wish: string, paths: readonly string[]): LetBe | undefined;
  /** What is to be let be of a state, by who made each field another; undefined when it is to be put right. */
  judge(state: string, changes: readonly Change[]): LetBe | undefined;
  /** A state is let be for another reason. */
  keep(state: string, why: LetBe, forMs?: number): LetBe;
  /** This was put right, and that is what the answer lacked all the same: admission's doing, in the middle of our own write. */
  wrote(corrections: readonly Change[], left: Left): LetBe;
}

/** What the answer to a write lacked. */
export interface Left {
  /** `wishOf` what was written. */
  wish: string;
  state: string;
  contested: readonly Contested[];
}

/** Who makes a field another within this time after it was put right fights over it; after it, it is tried once more. */
export const truceMs = 3_600_000;

/** What is remembered of one object, for as long as a host leads. */
interface Memory {
  uid: string;
  letBe?: { state: string; why: LetBe; until?: number };
  /** The last write that was in vain, at least in part. */
  vain?: Left;
  /** By field and author: when it was put right last, and from which values. */
  corrections: Map<string, { at: number; values: Set<string> }>;
}

/** Another value is another wish of a person's, up to so many; more in an hour are a program's. */
const mostValues = 5;

export function createSettlement(now: () => Date): Settlement {
  const memories = new Map<string, Map<string, Memory>>();
  return {
    about: (workspace, kind, uid) => {
      const kinds = memories.get(workspace) ?? new Map<string, Memory>();
      memories.set(workspace, kinds);
      const known = kinds.get(kind);
      const memory =
        known?.uid === uid ? known : { uid, corrections: new Map<string, { at: number; values: Set<string> }>() };
      kinds.set(kind, memory);
      return aboutObject(memory, () => now().getTime());
    },
    forget: (workspace) => {
      memories.delete(workspace);
    },
  };
}

function aboutObject(memory: Memory, now: () => number): ObjectSettlement {
  const letBe = (state: string, why: LetBe, forMs?: number): LetBe => {
    memory.letBe = { state, why, ...(forMs === undefined ? {} : { until: now() + forMs }) };
    return { ...why, ...(forMs === undefined ? {} : { waitMs: forMs }) };
  };
  const fights = (one: Contested): boolean => one.by !== 'admission';
  return {
    recall: (state) => {
      if (memory.letBe?.state !== state) return undefined;
      const { why, until } = memory.letBe;
      if (until === undefined) return why;
      return until > now() ? { ...why, waitMs: until - now() } : undefined;
    },
    inVain: (wish, paths) => {
      const { vain } = memory;
      if (vain === undefined || vain.wish !== wish) return undefined;
      const { contested } = vain;
      return paths.every((path) => contested.some((one) => isWithin(path, one.path))) ? { contested } : undefined;
    },
    judge: (state, changes) => {
      const isAgain = (one: Change): boolean => {
        const { at, values } = memory.corrections.get(keyOf(one)) ?? { at: -Infinity, values: new Set<string>() };
        return now() - at < truceMs && (values.has(one.value) || values.size >= mostValues);
      };
      if (!changes.every((one) => !fights(one) || isAgain(one))) return undefined;
      const contested = changes.map(({ kind, path, by }) => ({ kind, path, by }));
      return letBe(state, { contested }, changes.some(fights) ? truceMs : undefined);
    },
    keep: letBe,
    wrote: (corrections, left) => {
      for (const [key, { at }] of memory.corrections) if (now() - at >= truceMs) memory.corrections.delete(key);
      for (const one of corrections.filter(fights)) {
        const values = memory.corrections.get(keyOf(one))?.values ?? new Set();
        memory.corrections.set(keyOf(one), { at: now(), values: values.add(one.value) });
      }
      delete memory.letBe;
      delete memory.vain;
      if (left.contested.length === 0) return {};
      memory.vain = left;
      return letBe(left.state, { contested: left.contested });
    },
  };
}

/** A map that is gone as a whole and one of which a field is gone are told by different paths. */
function isWithin(path: string, other: string): boolean {
  return path === other || path.startsWith(`${other}.`) || other.startsWith(`${path}.`);
}

function keyOf({ path, by }: Contested): string {
  return `${path} ${typeof by === 'string' ? by : `by ${by.manager}`}`;
}

/** What is wanted, for our own memory: it may be made of secrets. */
export function wishOf(wanted: Applicable): string {
  return digest(wanted);
}

/** What is wanted, and all that differs from it with its values, so that another value is another state. */
export function stateOf(wanted: Applicable, found: readonly Difference[]): string {
  return digest([wishOf(wanted), ...found.map(({ path, live }) => [path, live])]);
}

/** Who made each field another, by the object as the API server sent it. */
export function changesIn(kind: string, object: unknown, found: readonly Difference[]): Change[] {
  return found.map(({ path, steps, live }) => ({ kind, path, by: changedBy(object, steps), value: digest([live]) }));
}

function digest(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex');
}
