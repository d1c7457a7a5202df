import { join } from 'node:path';
import { longest, textOf } from '#contract/bounded.ts';
import { contextChoiceSchema } from '#contract/contexts.ts';
import type { ContextChoice } from '#contract/contexts.ts';
import { keptFile } from '../kept-file.ts';
import type { Log } from '../observability/log.ts';

/** What was chosen while a host ran, for the next one: of one kubeconfig, since another one's contexts are others. */
export interface KeptContext {
  /** What was chosen of this kubeconfig last; undefined where nothing was. */
  read(kubeconfig: string): Promise<ContextChoice | undefined>;
  /** Never rejects: a choice that cannot be kept counts all the same until the host ends. */
  keep(kubeconfig: string, choice: ContextChoice): Promise<void>;
}

/** Where the host of a home folder keeps it. */
export function keptContextIn(home: string): string {
  return join(home, 'state', 'context.json');
}

const keptSchema = contextChoiceSchema.extend({ kubeconfig: textOf(longest.path * 16) });

/** Kept in a file of the host's state, which is no configuration: what a flag, a variable or the configuration file says goes first. */
export function createKeptContext(path: string, log: Log): KeptContext {
  const words = {
    unreadable: 'The context that was chosen last cannot be read, and is not used',
    unwritable: 'The chosen context could not be kept: a restart begins with another one',
  };
  const file = keptFile(path, keptSchema, words, log);
  return {
    async read(kubeconfig) {
      const kept = await file.read();
      if (kept?.kubeconfig !== kubeconfig) return undefined;
      const { kubeconfig: _of, ...choice } = kept;
      return choice;
    },
    keep: (kubeconfig, choice) => file.keep({ ...choice, kubeconfig }),
  };
}

/** Of a connection whose context is always said. */
export const nothingKept: KeptContext = {
  read: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
};
