import type { Home } from '#contract/home.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { t } from '../words/language.ts';

/** What becomes of a kept home, and when: `deleted in 6 d 4 h`, `deleted any moment`, `kept until you delete it`. */
export function homeWords({ state, retained_until }: Home, now: number): string {
  if (state === 'deleting') return t().homes.deleting;
  if (retained_until === undefined) return t().homes.keptUntilYou;
  const left = Date.parse(retained_until) - now;
  return left > 0 ? t().homes.deletedIn(elapsedWords(left)) : t().homes.deletedAnyMoment;
}
