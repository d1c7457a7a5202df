import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { createDrafts } from '../drafts/draft.ts';
import type { PresetForm } from './preset-form.ts';

const text = textOf(longest.message);
const formSchema: z.ZodType<PresetForm> = z.object({
  label: text,
  image: text,
  description: text,
  ports: text,
  homePath: text,
  homeSize: text,
});

/** What is typed of a preset and not saved, by its label, and the tag of the preset that it is about; the empty label: of a new one. */
export const presetDrafts = createDrafts({
  storage: sessionStorage,
  prefix: 'guildnet.preset',
  schema: z.object({ form: formSchema, etag: textOf(longest.token) }),
});
