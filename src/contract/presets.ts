import { oc } from '@orpc/contract';
import { z } from 'zod';
import { listOf, longest, textOf } from './bounded.ts';
import { mostPresets, presetSchema } from './image-defaults.ts';

/** As a preset is written: unknown fields are mistakes. */
export const writtenPresetSchema = presetSchema.strict();

/**
 * Where a preset comes from. `offered`: from the configuration file, the local cluster or GuildNet itself. `changed`: the same, edited
 * here. `own`: made here. `hidden`: one of the first that was taken out here; it is not offered, and can be brought back.
 */
const presetSourceSchema = z.enum(['offered', 'changed', 'own', 'hidden']);
export type PresetSource = z.infer<typeof presetSourceSchema>;

export const shownPresetSchema = presetSchema.extend({
  source: presetSourceSchema,
  /** Of the preset as it is, for `If-Match`. */
  etag: textOf(longest.token),
});
export type ShownPreset = z.infer<typeof shownPresetSchema>;

const params = z.object({ label: textOf(longest.name).min(1) });
const headers = z.object({ 'if-match': textOf(1_024).optional() }).optional();

/** `/api/presets`: what is offered at launch, and changed by those who launch. `/api/images` shows the same without what is hidden. */
export const presetRoutes = {
  list: oc
    .route({ method: 'GET', path: '/api/presets', summary: 'All presets, also those that are hidden' })
    .output(listOf(shownPresetSchema, 2 * mostPresets)),
  get: oc
    .route({ method: 'GET', path: '/api/presets/{label}', summary: 'One preset' })
    .input(params)
    .output(shownPresetSchema),
  create: oc
    .route({ method: 'POST', path: '/api/presets', successStatus: 201, summary: 'Make a preset' })
    .input(writtenPresetSchema)
    .output(shownPresetSchema),
  replace: oc
    .route({
      method: 'PUT',
      path: '/api/presets/{label}',
      inputStructure: 'detailed',
      summary: 'Write a preset anew, as a whole; its label stays',
    })
    .input(z.object({ params, headers, body: writtenPresetSchema }))
    .output(shownPresetSchema),
  delete: oc
    .route({
      method: 'DELETE',
      path: '/api/presets/{label}',
      inputStructure: 'detailed',
      summary: 'Delete a preset that was made here; hide any other',
    })
    .input(z.object({ params, headers }))
    .output(z.object({ deleted: textOf(longest.name) })),
  reset: oc
    .route({
      method: 'POST',
      path: '/api/presets/{label}/reset',
      summary: 'Have a preset again that was changed or hidden here, as it was offered',
    })
    .input(params)
    .output(shownPresetSchema),
};
