import type { Command } from 'commander';
import type { Deleted } from '#contract/server.ts';
import { ask } from '../ask.ts';
import type { CliContext } from '../context.ts';
import { localTime } from '../output/local-time.ts';
import { hostCommand, openSession, resolveIds } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

interface RemoveOptions extends HostOptions {
  yes?: boolean;
  purgeHome?: boolean;
}

export function addRemove(program: Command, context: CliContext): void {
  hostCommand(program, 'rm', 'Delete workspaces; their homes are kept for a while', [
    'rm code-server-1a2b3',
    'rm build-00c0c test-77f1a --yes',
    'rm code-server-1a2b3 --purge-home',
  ])
    .argument('<id...>', 'the workspaces, or the beginnings of their names')
    .option('--purge-home', 'delete the homes and all files in them as well, for good')
    .option('-y, --yes', 'do not ask')
    .action(async (given: string[], options: RemoveOptions) => {
      const session = await openSession(context, options);
      // All are resolved before the first is deleted: a wrong name deletes nothing.
      const ids = await resolveIds(session, given);
      const purge = options.purgeHome === true;
      if (options.yes !== true && !(await ask(context, question(ids, purge)))) {
        session.output.result([], () => 'Nothing was deleted.');
        return;
      }
      const deleted: Deleted[] = [];
      const verb = purge ? 'purge' : 'delete';
      for (const id of ids) deleted.push(await session.client.workspaces[verb]({ id }));
      session.output.result(deleted, () => deleted.map(sentence).join('\n'));
    });
}

function question(ids: readonly string[], purge: boolean): string {
  return purge
    ? `Delete ${ids.join(', ')} and all files inside, for good?`
    : `Delete ${ids.join(', ')}? What is not in a home is lost.`;
}

/** `build-00c0c deleted; its home is kept until 3/8/2026, 1:00 PM (guildnet restore build-00c0c)`. */
export function sentence({ deleted, home }: Deleted): string {
  if (home === undefined) return `${deleted} deleted`;
  const time = home.retained_until === undefined ? '' : ` until ${localTime(home.retained_until)}`;
  return `${deleted} deleted; its home is kept${time} (guildnet restore ${home.id})`;
}
