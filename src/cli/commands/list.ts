import type { Command } from 'commander';
import type { Server } from '#contract/server.ts';
import type { CliContext } from '../context.ts';
import { age } from '../output/age.ts';
import { formatTable } from '../output/table.ts';
import { hostCommand, openSession } from './host-command.ts';
import type { HostOptions } from './host-command.ts';

export function addList(program: Command, context: CliContext): void {
  hostCommand(program, 'ls', 'List the workspaces', ['ls', 'ls --json'])
    .alias('list')
    .action(async (options: HostOptions) => {
      const { client, output } = await openSession(context, options);
      const servers = await client.workspaces.list(undefined);
      output.result(servers, () => serverTable(servers, Date.now()));
      if (servers.length === 0) output.note('There are no workspaces. Launch one with "guildnet launch code-server".');
    });
}

/** The list as a table, by name; the reason stands beside those that do not run. Empty when there are none. */
export function serverTable(servers: readonly Server[], now: number): string {
  if (servers.length === 0) return '';
  const rows = servers
    .toSorted((one, other) => (one.id < other.id ? -1 : 1))
    .map((server) => [
      server.id,
      server.phase,
      age(server.created_at, now),
      server.image,
      // The whole story is in --json; a table shows one line.
      (server.failure === undefined ? '' : `${server.failure.reason}: ${server.failure.message}`).split('\n')[0] ?? '',
    ]);
  return formatTable([['NAME', 'PHASE', 'AGE', 'IMAGE', ''], ...rows]);
}
