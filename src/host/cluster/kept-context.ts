import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { longest, textOf } from '#contract/bounded.ts';
import { contextChoiceSchema } from '#contract/contexts.ts';
import type { ContextChoice } from '#contract/contexts.ts';
import type { Log } from '../observability/log.ts';
import { readIfThere, replacePrivately } from '../private-file.ts';

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
  /** One at a time: the last choice is the one that stays. */
  let turn: Promise<void> = Promise.resolve();

  async function write(text: string): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await replacePrivately(path, text);
    } catch (error) {
      log.warn({ err: error, path }, 'The chosen context could not be kept: a restart begins with another one');
    }
  }

  return {
    async read(kubeconfig) {
      try {
        const text = await readIfThere(path);
        if (text === undefined) return undefined;
        const { kubeconfig: of, ...choice } = keptSchema.parse(JSON.parse(text));
        return of === kubeconfig ? choice : undefined;
      } catch (error) {
        log.warn({ err: error, path }, 'The context that was chosen last cannot be read, and is not used');
        return undefined;
      }
    },
    keep(kubeconfig, choice) {
      turn = turn.then(() => write(`${JSON.stringify({ ...choice, kubeconfig })}\n`));
      return turn;
    },
  };
}

/** Of a connection whose context is always said. */
export const nothingKept: KeptContext = {
  read: () => Promise.resolve(undefined),
  keep: () => Promise.resolve(),
};
