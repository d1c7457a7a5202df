import { createInterface } from 'node:readline/promises';
import type { Command } from 'commander';
import { GuildNetError } from '#contract/errors.ts';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addRemove(program: Command, context: CliContext): void {
  hostCommand(program, 'rm', 'Delete workspaces and all that is in them', [
    'rm code-server-1a2b3',
    'rm build-00c0c test-77f1a --yes',
  ])
    .argument('<id...>', 'the workspaces, or the beginnings of their names')
    .option('-y, --yes', 'do not ask')
    .action(async (given: string[], options: HostOptions & { yes?: boolean }) => {
      const session = await openSession(context, options);
      // All are resolved before the first is deleted: a wrong name deletes nothing.
      const ids = await resolveIds(session, given);
      if (options.yes !== true && !(await confirm(context, ids))) {
        session.output.result([], () => 'Nothing was deleted.');
        return;
      }
      for (const id of ids) await session.client.workspaces.delete({ id });
      session.output.result(
        ids.map((id) => ({ deleted: id })),
        () => ids.map((id) => `${id} deleted`).join('\n'),
      );
    });
}

/** Asks at a terminal. Where nobody can answer it throws, rather than taking silence for an answer. */
async function confirm(context: CliContext, ids: readonly string[]): Promise<boolean> {
  if (context.stdin.isTTY !== true) {
    throw new GuildNetError('bad_body', 'Deleting asks first, and there is no terminal to ask at.', {
      remedy: 'Add --yes to delete without asking.',
    });
  }
  context.stderr.write(`Delete ${ids.join(', ')} and all files inside? [y/N] `);
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
