import { z } from 'zod';
import { textOf } from '#contract/bounded.ts';
import { workspaceResourceSchema } from '#contract/workspace-resource.ts';
import { createDrafts, type Draft, type DraftStorage } from '../drafts/draft.ts';
import type { Draft as Written } from './edit-workspace.ts';
import { withoutSecrets } from './without-secrets.ts';

/** No larger than what the API takes as a body. */
const longestText = 1024 * 1024;
const writtenSchema: z.ZodType<Written> = z.object({ workspace: workspaceResourceSchema, text: textOf(longestText) });

/** What was written of workspaces and not saved, by their ids: there when somebody comes back, also over a crash of the page. A workspace as it is read names secrets only. */
export function createYamlDrafts(storage: DraftStorage): (id: string) => Draft<Written> {
  return createDrafts({
    storage,
    prefix: 'guildnet.yaml',
    schema: writtenSchema,
    forDisk({ workspace, text }) {
      const kept = withoutSecrets(text);
      return kept === undefined ? undefined : { workspace, text: kept };
    },
  });
}
