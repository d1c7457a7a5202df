import { z } from 'zod';
import { listOf, longest, mapOf, textOf } from './bounded.ts';
import { workspaceSpecSchema } from './workspace.ts';

const spec = workspaceSpecSchema.shape;
const homeFields = spec.home.unwrap().shape;

/**
 * What is known of an image, and holds for a workspace of it where its launch says nothing else: the ports that it listens on (the
 * first is where its page is), its arguments and variables, its home, and how it is seen to be up.
 */
export const imageDefaultsSchema = z.object({
  ports: listOf(z.object({ port: z.int().min(1).max(65_535), name: textOf(15).optional() }), 64).optional(),
  args: listOf(textOf(longest.argument), 256).optional(),
  env: mapOf(textOf(longest.name).regex(/^[-._a-zA-Z][-._a-zA-Z0-9]*$/), textOf(longest.argument), 512).optional(),
  /** Workspaces of this image get a home volume, unless they are launched without. */
  home: z.object({ mountPath: homeFields.mountPath, size: homeFields.size }).optional(),
  probe: spec.probe,
});
export type ImageDefaults = z.infer<typeof imageDefaultsSchema>;

/** A deployable image offered at launch (`GET /api/images`). */
export const presetSchema = imageDefaultsSchema.extend({
  label: textOf(longest.name).min(1),
  image: textOf(longest.image).min(1),
  description: textOf(longest.reason).optional(),
  /**
   * `read`: in the app's window, pages of workspaces of this image may read the clipboard without being asked about. It counts in the configuration
   * of the machine alone: whoever may change presets over the API has no say in it.
   */
  clipboard: z.literal('read').optional(),
});
export type Preset = z.infer<typeof presetSchema>;
export const mostPresets = 256;

/** What `GET /api/image-defaults` answers: beside the defaults, where HOME is, with a home volume or without. */
export const shownDefaultsSchema = imageDefaultsSchema.extend({ home_path: textOf(longest.path) });
