import { parseDuration } from '#contract/duration.ts';
import type { Subject } from '#contract/grant.ts';
import type { Share, ShareKind } from '#contract/shares.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { t } from '../words/language.ts';
import type { Words } from '../words/words.ts';

/** With whom, as a person reads it. */
export function subjectWords({ kind, name = '' }: Subject): string {
  if (kind === 'Everyone') return t().sharing.everyone;
  return kind === 'Device' ? t().sharing.device(name) : name;
}

/** For how long still, at `now` (ms). */
export function lastsWords({ until, ended }: Pick<Share, 'until' | 'ended'>, now: number): string {
  if (until === undefined) return t().sharing.lasts.revoked;
  const left = Date.parse(until) - now;
  return ended || left <= 0 ? t().sharing.lasts.over(elapsedWords(-left)) : t().sharing.lasts.left(elapsedWords(left));
}

export type Span = keyof Words['sharing']['spans'];

/** What somebody has typed and chosen. */
export interface ShareForm {
  workspace: string;
  with: string;
  can: ShareKind;
  span: Span;
  /** Of the span `other`. */
  other: string;
}

export interface ShareWish {
  id: string;
  with: string;
  can: ShareKind;
  until?: string;
}

/** What is asked of the host, or what is missing before it can be. Who that is, the host says. Pure. */
export function wishOf({
  workspace,
  with: whom,
  can,
  span,
  other,
}: ShareForm): { wish: ShareWish } | { missing: 'workspace' | 'with' | 'other' } {
  if (workspace === '') return { missing: 'workspace' };
  if (whom.trim() === '') return { missing: 'with' };
  const until = span === 'other' ? other.trim() : span;
  if (span === 'other' && (parseDuration(until) ?? 0) <= 0) return { missing: 'other' };
  return { wish: { id: workspace, with: whom.trim(), can, ...(until === '' ? {} : { until }) } };
}
