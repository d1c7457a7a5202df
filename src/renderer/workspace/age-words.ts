import type { Phase } from '#contract/workspace.ts';
import { elapsedWords } from '../time/elapsed.ts';
import { t } from '../words/language.ts';

/** How long a workspace has been in its phase, as the list says it: `up 2 h 5 min`, `3 d ago`, `for 10 s`. */
export function ageWords(phase: Phase, ms: number): string {
  const justNow = ms < 60_000;
  switch (phase) {
    case 'Running':
      return justNow ? t().time.justStarted : t().time.up(elapsedWords(ms));
    case 'Stopped':
    case 'Failed':
      return justNow ? t().time.justNow : t().time.ago(elapsedWords(ms));
    case 'Pending':
    case 'Starting':
    case 'Terminating':
      return t().time.for(elapsedWords(ms));
  }
}
