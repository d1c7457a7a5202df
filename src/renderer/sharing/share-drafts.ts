import { z } from 'zod';
import { longest, textOf } from '#contract/bounded.ts';
import { shareKinds } from '#contract/shares.ts';
import { createDrafts } from '../drafts/draft.ts';
import type { ShareForm } from './share-words.ts';

const formSchema: z.ZodType<ShareForm> = z.object({
  workspace: textOf(longest.name),
  with: textOf(longest.message),
  can: z.enum(shareKinds),
  span: z.enum(['1h', '8h', '24h', '168h', '', 'other']),
  other: textOf(longest.message),
});

/** With whom somebody was about to share, by the workspace's id; the empty one: the page where one is chosen. */
export const shareDrafts = createDrafts({ storage: sessionStorage, prefix: 'guildnet.share', schema: formSchema });
