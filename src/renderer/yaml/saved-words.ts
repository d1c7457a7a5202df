import type { PatchedWorkspace } from '#contract/workspace-patch.ts';
import { t } from '../words/language.ts';

/** What came of saving, in a sentence. */
export function savedWords({
  changed,
  restarts,
  takes_effect: effect,
}: Pick<PatchedWorkspace, 'changed' | 'restarts' | 'takes_effect'>): string {
  if (effect === 'nothing-changed') return t().yaml.wasSo;
  if (effect === 'now') return t().yaml.saved(changed.join(', '));
  if (effect === 'restarting') return t().yaml.savedRestarts(changed.join(', '));
  return t().yaml.savedForNext(changed.join(', '), restarts.join(', '));
}
