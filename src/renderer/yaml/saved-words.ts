import type { PatchedWorkspace } from '#contract/workspace-patch.ts';

/** What came of saving, in a sentence. */
export function savedWords({
  changed,
  restarts,
  takes_effect: effect,
}: Pick<PatchedWorkspace, 'changed' | 'restarts' | 'takes_effect'>): string {
  if (effect === 'nothing-changed') return 'It was so already';
  if (effect === 'now') return `Saved: ${changed.join(', ')}`;
  if (effect === 'restarting') return `Saved: ${changed.join(', ')}. It restarts`;
  return `Saved: ${changed.join(', ')}. From the next start on: ${restarts.join(', ')}`;
}
