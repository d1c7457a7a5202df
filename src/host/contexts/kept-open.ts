import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { listOf, longest, textOf } from '#contract/bounded.ts';
import { contextChoiceSchema, mostOpenContexts } from '#contract/contexts.ts';
import type { ContextChoice } from '#contract/contexts.ts';
import type { Log } from '../observability/log.ts';
import { readIfThere, replacePrivately } from '../private-file.ts';

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
  /** One at a time: what was said last is what stays. */
  let turn: Promise<void> = Promise.resolve();

  async function write(text: string): Promise<void> {
    try {
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await replacePrivately(path, text);
    } catch (error) {
      log.warn({ err: error, path }, 'Which contexts are open could not be kept: a restart begins without them');
    }
  }

  return {
    async read() {
      try {
        const text = await readIfThere(path);
        if (text === undefined) return [];
        const kept = keptSchema.parse(JSON.parse(text));
        return kept.kubeconfig === kubeconfig ? kept.open : [];
      } catch (error) {
        log.warn({ err: error, path }, 'Which contexts were open cannot be read, and none of them is opened');
        return [];
      }
    },
    keep(open) {
      turn = turn.then(() => write(`${JSON.stringify({ kubeconfig, open })}\n`));
      return turn;
    },
  };
}
