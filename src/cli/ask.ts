import { createInterface } from 'node:readline/promises';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from './context.ts';
import { printable } from '#contract/printable.ts';

/** Asks at a terminal. Where nobody can answer it throws, rather than taking silence for an answer. */
export async function ask(context: CliContext, question: string): Promise<boolean> {
  if (context.stdin.isTTY !== true) {
    throw new GuildNetError('bad_body', 'Deleting asks first, and there is no terminal to ask at.', {
      remedy: 'Add --yes to delete without asking.',
    });
  }
  context.stderr.write(`${printable(question)} [y/N] `);
  const lines = createInterface({ input: context.stdin });
  try {
    // `question` would wait for ever at the end of input; `close` comes then.
    const answer = await new Promise<string>((resolve) => {
      lines.once('line', resolve);
      lines.once('close', () => resolve(''));
    });
    return /^y(es)?$/i.test(answer.trim());
  } finally {
    lines.close();
  }
}
