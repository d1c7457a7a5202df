import { join } from 'node:path';
import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { contextChoiceSchema, mostOpenContexts } from '#contract/contexts.ts';
import type { ContextChoice } from '#contract/contexts.ts';
import { keptFile } from '../kept-file.ts';
import type { Log } from '../observability/log.ts';

/** Which contexts were open beside the one in use, for the next host: of one kubeconfig, since another one's contexts are others. */
export interface KeptOpen {
  /** None where nobody has written any down, or where the file cannot be read, which the log says. */
  read(): Promise<ContextChoice[]>;
  /** Never rejects: what cannot be kept counts all the same until the host ends. */
  keep(open: readonly ContextChoice[]): Promise<void>;
}

/** Where the host of a home folder keeps it. */
export function keptOpenIn(home: string): string {
  return join(home, 'state', 'open-contexts.json');
}

const keptSchema = z.strictObject({
  kubeconfig: textOf(longest.path * 16),
  open: listOf(contextChoiceSchema, mostOpenContexts),
});

export function createKeptOpen(path: string, kubeconfig: string, log: Log): KeptOpen {
  const words = {
    unreadable: 'Which contexts were open cannot be read, and none of them is opened',
    unwritable: 'Which contexts are open could not be kept: a restart begins without them',
  };
  const file = keptFile(path, keptSchema, words, log);
  return {
    async read() {
      const kept = await file.read();
      return kept?.kubeconfig === kubeconfig ? kept.open : [];
    },
    keep: (open) => file.keep({ kubeconfig, open: [...open] }),
  };
}
