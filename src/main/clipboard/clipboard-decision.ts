import type { ShownPreset } from '#contract/presets.ts';

/** What a person has answered for a workspace. It was about the program that they saw: another image is asked for anew. */
export interface ClipboardAnswer {
  id: string;
  image: string;
  mayRead: boolean;
}

export type ClipboardDecision = 'grant' | 'refuse' | 'ask';

/**
 * Whether a workspace's page may read the clipboard. The person's own word comes first; then a preset of exactly this image that says so, which
 * counts from this machine's configuration only, as those that are made over the API may be a peer's. No image is granted it by itself.
 */
export function decideClipboard(
  workspace: { id: string; image: string },
  answers: readonly ClipboardAnswer[],
  presets: readonly Pick<ShownPreset, 'image' | 'clipboard' | 'source'>[],
): ClipboardDecision {
  const answer = answers.find(({ id, image }) => id === workspace.id && image === workspace.image);
  if (answer !== undefined) return answer.mayRead ? 'grant' : 'refuse';
  const isGranted = presets.some(
    ({ image, clipboard, source }) => source === 'offered' && clipboard === 'read' && image === workspace.image,
  );
  return isGranted ? 'grant' : 'ask';
}

/** With this answer in place of an older one of the same workspace; the oldest makes room. */
export function withAnswer(answers: readonly ClipboardAnswer[], answer: ClipboardAnswer): ClipboardAnswer[] {
  return [...answers.filter(({ id }) => id !== answer.id), answer].slice(-mostAnswers);
}

/** So many answers are kept; whoever has more workspaces is asked again. */
export const mostAnswers = 256;
