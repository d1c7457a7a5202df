import type { Command } from 'commander';
import { ask } from '../ask.ts';
import type { CliContext } from '../context.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addStopAll(program: Command, context: CliContext): void {
  hostCommand(program, 'stop-all', 'Delete all workspaces; their homes are kept for a while', [
    'stop-all',
    'stop-all --yes',
  ])
    .option('-y, --yes', 'do not ask')
    .action(async (options: HostOptions & { yes?: boolean }) => {
      const { client, output } = await openSession(context, options);
      const question = 'Delete all workspaces of this namespace? What is not in a home is lost.';
      if (options.yes !== true && !(await ask(context, question))) {
        output.result({ deleted: [] }, () => 'Nothing was deleted.');
        return;
      }
      const answer = await client.all.stopAll(undefined);
      output.result(answer, () =>
        answer.deleted.length === 0
          ? 'There was nothing to delete.'
          : answer.deleted.map((id) => `${id} deleted`).join('\n'),
      );
    });
}
