import { apply, drifts, isSameWish, readLive } from '../kube/apply.ts';
import type { Applicable } from '../kube/apply.ts';
import { isTakenOver } from '../kube/authorship.ts';
import type { Difference } from '../kube/differs.ts';
import { withDates } from '../kube/wire-dates.ts';
import type { EnsureContext, Ensured, Reserve } from './ensured.ts';
import { changesIn, stateOf, wishOf } from './settlement.ts';
import type { Change, Contested, LetBe, ObjectSettlement } from './settlement.ts';

type Whole = Applicable & { metadata?: { uid?: string; resourceVersion?: string } };

/** What went before a write, and who is told of it. */
interface Writing<T> {
  context: EnsureContext;
  reserve: Reserve<T>;
}

/** Somebody took it away while we looked; its going is an event, and comes late at most. */
const goneMs = 1_000;

/** Writes an object of ours that is not as desired (both as `withHash` makes them), unless there is a reason to let it be. */
export async function putRight<T extends Whole>(wanted: T, cached: T, writing: Writing<T>): Promise<Ensured<T>> {
  const { kube, signal } = writing.context;
  const found = [...drifts(wanted, cached)];
  if (found.length === 0) return { live: cached };
  const about = settlementOf(wanted, cached, writing);
  const keeps = writing.reserve.keeps?.(cached) === true;
  const known = about.recall(stateOf(wanted, found));
  if (known !== undefined && (known.kept === undefined || keeps)) return { live: cached, ...known };
  if (!keeps && !isOldWish(wanted, cached)) {
    const vain = about.inVain(
      wishOf(wanted),
      found.map(({ path }) => path),
    );
    if (vain !== undefined) return { live: cached, ...vain };
    return await write(wanted, cached, { ...writing, corrections: [] });
  }

  // Who made it so is only in the object as the API server has it.
  const live = (await readLive(kube, wanted, signal)) as T | undefined;
  if (live === undefined) return { live: cached, waitMs: goneMs };
  const now = [...drifts(wanted, live)];
  const corrections = keeps ? [] : changesIn(kindOf(wanted), live, now);
  const letBe = keeps ? keptPod(about, wanted, live) : about.judge(stateOf(wanted, now), corrections);
  if (letBe !== undefined) return { live: withDates(live), ...letBe };
  return await write(wanted, live, { ...writing, corrections });
}

/** Whether we want nothing new of it. The hash of a Secret says nothing of its values. */
function isOldWish(wanted: Applicable, live: Applicable): boolean {
  return wanted.kind !== 'Secret' && isSameWish(wanted, live);
}

/** A pod that others have made another is not the one that was to be left in peace. */
function keptPod(about: ObjectSettlement, wanted: Applicable, live: object): LetBe | undefined {
  const found = [...drifts(wanted, live)];
  if (found.some(({ steps }) => isTakenOver(live, steps))) return undefined;
  return about.keep(stateOf(wanted, found), { kept: told(found) });
}

/** Our own marks always differ then, and tell nobody anything. */
function told(found: readonly Difference[]): string[] {
  return found.map(({ path }) => path).filter((path) => !path.startsWith('metadata.'));
}

async function write<T extends Whole>(
  wanted: T,
  live: T,
  { context, reserve, corrections }: Writing<T> & { corrections: readonly Change[] },
): Promise<Ensured<T>> {
  const { kube, log, signal } = context;
  const kind = kindOf(wanted);
  const path = drifts(wanted, live).next().value?.path;
  const bound = { ...wanted, metadata: { ...wanted.metadata, ...versionOf(live) } };
  const reply = (await apply(kube, bound, { force: true, signal })) as T;
  // The path and never the values: they may be secret.
  log.info({ kind, path }, 'corrected');
  return written(wanted, reply, { context, reserve, corrections });
}

/** What came of a write. The answer shows what admission made another in the middle of it. */
export function written<T extends Whole>(
  wanted: T,
  reply: T,
  { context, reserve, corrections }: Writing<T> & { corrections: readonly Change[] },
): Ensured<T> {
  const left = [...drifts(wanted, reply)];
  const kind = kindOf(wanted);
  const contested = left.map(({ path }): Contested => ({ kind, path, by: 'admission' }));
  const letBe = settlementOf(wanted, reply, { context, reserve }).wrote(corrections, {
    wish: wishOf(wanted),
    state: stateOf(wanted, left),
    contested,
  });
  if (contested.length > 0)
    context.log.warn(
      { kind, paths: contested.map(({ path }) => path) },
      'the admission of the cluster makes it another',
    );
  // What we ourselves want otherwise now is no correction, nor is what was in vain.
  const corrected = corrections.find(({ path }) => !contested.some((one) => one.path === path));
  return { live: withDates(reply), ...letBe, ...(corrected === undefined ? {} : { corrected }) };
}

function settlementOf<T extends Whole>(wanted: T, live: T, { context, reserve }: Writing<T>): ObjectSettlement {
  return reserve.settlement.about(context.workspace.metadata.name, kindOf(wanted), versionOf(live).uid);
}

function kindOf({ kind = 'object' }: Applicable): string {
  return kind;
}

export function versionOf({ metadata }: Whole): { uid: string; resourceVersion: string } {
  if (metadata?.uid === undefined || metadata.resourceVersion === undefined)
    throw new TypeError('the API server sent an object without uid and resourceVersion');
  return { uid: metadata.uid, resourceVersion: metadata.resourceVersion };
}
