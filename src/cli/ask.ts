import { createInterface } from 'node:readline/promises';
import type { Interface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { CommanderError } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from './context.ts';
import { printable } from '#contract/printable.ts';

/** Throws where nobody can answer, rather than have silence taken for an answer. */
export function refuseWithoutTerminal({ stdin }: Pick<CliContext, 'stdin'>): void {
  if (stdin.isTTY === true) return;
  throw new GuildNetError('bad_body', 'This asks first, and there is no terminal to ask at.', {
    remedy: 'Add --yes to go on without asking.',
  });
}

/** Asks at a terminal. Throws where there is none. */
export async function ask(context: CliContext, question: string): Promise<boolean> {
  refuseWithoutTerminal(context);
  return /^y(es)?$/i.test(await askFor(context, `${question} [y/N]`));
}

/** What a person answers, without the blanks around it; empty at the end of input. */
export async function askFor(context: CliContext, question: string): Promise<string> {
  context.stderr.write(`${printable(question)} `);
  return answerOn(createInterface({ input: context.stdin }));
}

/** As `askFor`, for what nobody beside the person may read: nothing of it is shown. Throws a CommanderError with 130 when it is interrupted. */
export async function askUnseen(context: CliContext, question: string): Promise<string> {
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() });
  // As a terminal, so that readline and not the terminal says what is shown.
  const lines = createInterface({ input: context.stdin, output: nowhere, terminal: true });
  // Only now: an answer to what is asked sooner would be shown by the terminal.
  context.stderr.write(`${printable(question)} `);
  return answerOn(lines).finally(() => context.stderr.write('\n'));
}

async function answerOn(lines: Interface): Promise<string> {
  try {
    // `question` would wait for ever at the end of input; `close` comes then.
    const answer = await new Promise<string>((resolve, reject) => {
      lines.once('line', resolve);
      // Of readline's own terminal alone; elsewhere the system's signal ends the command.
      lines.once('SIGINT', () => reject(new CommanderError(130, 'guildnet.interrupted', 'interrupted')));
      lines.once('close', () => resolve(''));
    });
    return answer.trim();
  } finally {
    lines.close();
  }
}
