import type { AuditEntry } from '#contract/audit.ts';
import { t } from '../words/language.ts';
import { locale } from '../words/language.ts';
import { numberWords } from '../words/numbers.ts';

/** What was done, or would have been: the name of the call where there is no better word. */
export function callWords(call: string): string {
  const words: Readonly<Record<string, string>> = t().activity.calls;
  return Object.hasOwn(words, call) ? (words[call] ?? call) : call;
}

/** What came of it, where that is not simply that it was done. `bad`: it was refused; `wait`: it was let pass, and failed. */
export function outcomeOf({
  decision,
  outcome,
}: Pick<AuditEntry, 'decision' | 'outcome'>): { tone: 'bad' | 'wait'; text: string } | undefined {
  if (decision === 'denied') return { tone: 'bad', text: t().activity.refused };
  return outcome === 'ok' ? undefined : { tone: 'wait', text: outcome };
}

/** How often the same was refused, where it was more than once. `repeated` counts those since the line before. */
export function timesWords({ repeated }: Pick<AuditEntry, 'repeated'>): string | undefined {
  return repeated === undefined ? undefined : t().activity.times(numberWords(repeated + 1));
}

export interface Day {
  /** The day's beginning in the reader's time zone, in ms since the epoch. */
  at: number;
  entries: AuditEntry[];
}

/** Entries by the days of the reader's time zone, in the order in which they come. Pure. */
export function byDay(entries: readonly AuditEntry[]): Day[] {
  const days: Day[] = [];
  for (const entry of entries) {
    const at = new Date(entry.at).setHours(0, 0, 0, 0);
    const last = days.at(-1);
    if (last?.at === at) last.entries.push(entry);
    else days.push({ at, entries: [entry] });
  }
  return days;
}

/** A day as its reader calls it at `now`. */
export function dayWords(at: number, now: number): string {
  const today = new Date(now);
  if (at === today.setHours(0, 0, 0, 0)) return t().activity.today;
  // Not 24 hours before: days in which clocks are set are longer or shorter.
  if (at === today.setDate(today.getDate() - 1)) return t().activity.yesterday;
  return new Intl.DateTimeFormat(locale(), { dateStyle: 'full' }).format(at);
}

/** The time of day to the second, as the reader's region writes it. */
export function timeWords(iso: string): string {
  return new Intl.DateTimeFormat(locale(), { timeStyle: 'medium' }).format(new Date(iso));
}
