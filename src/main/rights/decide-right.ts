import type { ShownPreset } from '#contract/presets.ts';

/** What a person has answered for a workspace. It was about the program that they saw: another image is asked for anew. */
export interface RightAnswer {
  id: string;
  image: string;
  isAllowed: boolean;
}

export type RightDecision = 'grant' | 'refuse' | 'ask';

/**
 * Whether a workspace's page may do what it asks for. The person's own word comes first; then a preset of exactly this image that grants it, which
 * counts from this machine's configuration only, as those that are made over the API may be a peer's. No image is granted anything by itself.
 */
export function decideRight(
  workspace: { id: string; image: string },
  answers: readonly RightAnswer[],
  /** Those that grant it. */
  presets: readonly Pick<ShownPreset, 'image' | 'source'>[],
): RightDecision {
  const answer = answers.find(({ id, image }) => id === workspace.id && image === workspace.image);
  if (answer !== undefined) return answer.isAllowed ? 'grant' : 'refuse';
  const isGranted = presets.some(({ image, source }) => source === 'offered' && image === workspace.image);
  return isGranted ? 'grant' : 'ask';
}

/** With this answer in place of an older one of the same workspace; the oldest makes room. */
export function withAnswer(answers: readonly RightAnswer[], answer: RightAnswer): RightAnswer[] {
  return [...answers.filter(({ id }) => id !== answer.id), answer].slice(-mostAnswers);
}

/** So many answers are kept; whoever has more workspaces is asked again. */
export const mostAnswers = 256;
