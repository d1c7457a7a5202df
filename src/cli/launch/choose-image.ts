import { GuildNetError } from '#contract/errors.ts';
import { imageReferenceProblem } from '#contract/image-reference.ts';
import { toDnsLabel } from '#contract/names.ts';
import type { Preset } from '#contract/image-defaults.ts';

/**
 * What a person means by the argument of `launch`: a preset by its label (in any case, and with hyphens for blanks), or
 * else an image reference. Throws `invalid_spec` saying what is wrong with it, and which presets there are.
 */
export function chooseImage(given: string, presets: readonly Preset[]): string {
  const preset = presets.find((candidate) => slug(candidate.label) === slug(given));
  if (preset !== undefined) return preset.image;
  const problem = imageReferenceProblem(given);
  if (problem === undefined) return given;
  const labels = presets.map((candidate) => `"${candidate.label}"`).join(', ');
  throw new GuildNetError('invalid_spec', problem, {
    remedy:
      labels === ''
        ? 'Give an image reference such as ghcr.io/owner/image:1.2.'
        : `Give an image reference such as ghcr.io/owner/image:1.2, or one of the presets: ${labels}.`,
    details: { field: 'image' },
  });
}

/** Labels are compared without case and punctuation, but an image reference is never mistaken for one. */
function slug(text: string): string {
  return /[/:@]/.test(text) ? text : toDnsLabel(text) || text;
}
