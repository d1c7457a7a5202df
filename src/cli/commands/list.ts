import type { Command } from 'commander';
import type { Server } from '#contract/server.ts';
import type { WorkspaceChange } from '#contract/workspace-changes.ts';
import type { CliContext } from '../context.ts';
import { followStream } from '../follow/follow-stream.ts';
import { untilInterrupted } from '../follow/until-interrupted.ts';
import { createListWatcher } from '../follow/watch-list.ts';
import { age } from '../output/age.ts';
import { formatTable } from '../output/table.ts';
import type { Session } from './host-command.ts';
import { openSession } from './host-command.ts';
import { listCommand, printList } from './list-command.ts';
import type { ListOptions } from './list-command.ts';

export function addList(program: Command, context: CliContext): void {
  listCommand(program, 'ls', 'List the workspaces', ['ls', 'ls --json', 'ls -o wide', 'ls --watch'])
    .alias('list')
    .option('-w, --watch', 'go on with every change, until interrupted; with --json one of them a line')
    .action(async (options: ListOptions & { watch?: boolean }) => {
      const session = await openSession(context, options);
      if (options.watch === true) return watchList(session);
      const { client, output } = session;
      const servers = await client.workspaces.list(undefined);
      const names = servers.map(({ id }) => id).toSorted();
      printList(session, options, {
        value: servers,
        names,
        table: (wide) => serverTable(servers, Date.now(), wide),
      });
      if (servers.length === 0) output.note('There are no workspaces. Launch one with "guildnet launch code-server".');
    });
}

/** Prints all workspaces, then what changes. Throws a CommanderError with 130 when it is interrupted. */
function watchList({ client, output }: Session): Promise<void> {
  const shown = createListWatcher();
  return untilInterrupted((interrupted) =>
    followStream<WorkspaceChange>({
      open: (lastEventId, signal) =>
        client.resources.follow({}, { signal, ...(lastEventId === undefined ? {} : { lastEventId }) }),
      take: (change) => output.result(change, () => shown(change) ?? ''),
      note: output.note,
      signal: interrupted,
    }),
  );
}

/**
 * The list as a table, by name; the reason stands beside those that do not run, and with `wide` the node and address of each. Empty when
 * there are none.
 */
export function serverTable(servers: readonly Server[], now: number, wide = false): string {
  if (servers.length === 0) return '';
  const rows = servers
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((server) => [
      server.id,
      server.phase,
      age(server.created_at, now),
      server.image,
      ...(wide ? [server.owner ?? '-', server.node ?? '-', server.ide_url ?? '-'] : []),
      // The whole story is in --json; a table shows one line.
      (server.failure === undefined ? '' : `${server.failure.reason}: ${server.failure.message}`).split('\n')[0] ?? '',
    ]);
  return formatTable([['NAME', 'PHASE', 'AGE', 'IMAGE', ...(wide ? ['OWNER', 'NODE', 'ADDRESS'] : []), ''], ...rows]);
}
