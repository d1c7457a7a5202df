import { createHash } from 'node:crypto';
import { z } from 'zod';
import { longest, mapOf, textOf } from '#contract/bounded.ts';
import { mostPresets } from '#contract/image-defaults.ts';
import type { Preset } from '#contract/image-defaults.ts';
import { toDnsLabel } from '#contract/names.ts';
import { writtenPresetSchema } from '#contract/presets.ts';
import type { ShownPreset } from '#contract/presets.ts';

const { label: _label, ...fields } = writtenPresetSchema.shape;

/** What was changed of the presets that are offered, by label: written anew or made, or null where one is hidden. */
export const overlaySchema = mapOf(textOf(longest.name).min(1), z.strictObject(fields).nullable(), mostPresets);
export type Overlay = z.infer<typeof overlaySchema>;

/** The presets that are offered with what was changed of them: at their place, and those that were made here behind them. Pure. */
export function shownPresets(offered: readonly Preset[], overlay: Overlay): ShownPreset[] {
  const labels = new Set(offered.map(({ label }) => label));
  const known = offered.map((preset): ShownPreset => {
    const change = overlay[preset.label];
    if (change === undefined) return shown(preset, 'offered');
    return change === null ? shown(preset, 'hidden') : shown({ label: preset.label, ...change }, 'changed');
  });
  // One that is hidden and is no longer offered by anybody is nothing.
  const own = Object.entries(overlay).flatMap(([label, change]) =>
    labels.has(label) || change === null ? [] : [shown({ label, ...change }, 'own')],
  );
  return [...known, ...own];
}

function shown(preset: Preset, source: ShownPreset['source']): ShownPreset {
  const text = JSON.stringify([source === 'hidden', preset]);
  return { ...preset, source, etag: `"${createHash('sha256').update(text).digest('base64url').slice(0, 22)}"` };
}

/** Without what only the list knows of it. */
export function presetOf({ source: _source, etag: _etag, ...preset }: ShownPreset): Preset {
  return preset;
}

/** Whether two labels are one to those who launch by name (`guildnet launch my-label`). */
export function isSameLabel(one: string, other: string): boolean {
  return one === other || (toDnsLabel(one) !== '' && toDnsLabel(one) === toDnsLabel(other));
}
